// What the statuses of a place that is reached by HTTPS mean for its state.
import type { HttpAnswer } from './http-get.ts';
import { type StateAnswer, tooLarge } from './state-answer.ts';

export interface HttpPlaceFacts {
  /** `GitLab`, `HCP Terraform app.terraform.io`: the subject of the sentence. */
  readonly who: string;
  /** What to do when it refuses the credentials, as one sentence. */
  readonly grant: string;
  /** What to do when it has no such state. */
  readonly correct: string;
}

/** The body as text, or why it is none. */
export const stateOfAnswer = ({ status, body, bytes }: HttpAnswer, facts: HttpPlaceFacts): StateAnswer => {
  const { who, grant, correct } = facts;
  if (bytes > body.length) return tooLarge(bytes);
  if (status === 401 || status === 403) return { outcome: 'denied', message: `${who} answered ${status}. ${grant}` };
  if (status === 404 || status === 410 || status === 204) {
    return { outcome: 'not-found', message: `${who} answered ${status}: there is no such state. ${correct}` };
  }
  if (status === 200) return { text: body.toString('utf8') };
  return { outcome: 'failed', message: `${who} answered ${status}. Retry; if it stays, ask who runs it.` };
};
