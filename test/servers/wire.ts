// How the account server's own answers look on the wire: what one is asked, and the two JSON forms of an answer.
import { randomUUID } from 'node:crypto';
import type { Refusal } from '../../clients/simulator/refusals.ts';
import type { AccountModel } from './account-model.ts';

/** A request to a service that the account server plays itself. */
export interface OwnRequest {
  readonly model: AccountModel;
  /** The API's operation: `ListResources`. */
  readonly action: string;
  readonly region: string;
  readonly accountId: string;
  readonly principal: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type JsonForm = 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1' | 'application/json';

export const jsonAnswer = (form: JsonForm, content: unknown): WireAnswer => ({
  status: 200,
  headers: { 'content-type': form, 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify(content),
});

/** The JSON protocols name the error in the body, the REST one in a header. */
export const jsonError = (form: JsonForm, { status, code, message }: Refusal): WireAnswer => {
  const headers = { 'content-type': form, 'x-amzn-requestid': randomUUID() };
  if (form === 'application/json')
    return { status, headers: { ...headers, 'x-amzn-errortype': code }, body: JSON.stringify({ Message: message }) };
  const body = JSON.stringify({ __type: `com.amazon.coral.service#${code}`, Message: message, message });
  return { status, headers, body };
};

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The members of a JSON object; none of anything else. */
export const readObject = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
};
