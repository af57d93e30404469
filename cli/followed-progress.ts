// What a person sees of a run that the cluster's own orchestrator makes: a bar at a terminal, plain lines elsewhere.
import type { FollowedProgress } from '../orchestrator/look-at-run.ts';
import { openBar } from './progress-bar.ts';
import type { ProgressStream } from './run-progress.ts';
import { printable } from './terminal-text.ts';

interface ShownFollowing extends FollowedProgress {
  /** Takes the bar away; call it before anything else is printed. */
  readonly stop: () => void;
}

type Created = Parameters<FollowedProgress['created']>[0];

const opening = ({ run, namespace, job }: Created): string => `Run ${run}: ${namespace}/${job}\n`;

const hindrance = (reason: string | null): string =>
  reason === null ? '' : `warning: the orchestrator does not get on (${printable(reason)})\n`;

/** Of the plan where it is known, else of the Jobs that there are. */
export const showFollowedLines = (stream: ProgressStream): ShownFollowing => ({
  created: facts => void stream.write(opening(facts)),
  counted: ({ finished, failed, all, planned }) => {
    const failures = failed === 0 ? '' : `, ${failed} of them failed`;
    stream.write(`${finished} of ${planned ?? all} Jobs have finished${failures}\n`);
  },
  hindered: reason => void stream.write(hindrance(reason)),
  stop: () => undefined,
});

const barFormat = ' {bar} {value}/{total}  running {running}  failed {failed}  {duration_formatted}';

export const showFollowedBar = (stream: ProgressStream): ShownFollowing => {
  const bar = openBar(stream, barFormat);
  return {
    created: facts => void stream.write(opening(facts)),
    counted: ({ finished, failed, all, planned }) => {
      const counts = { running: all - finished, failed };
      if (!bar.isActive) bar.start(planned ?? all, finished, counts);
      bar.setTotal(planned ?? all);
      bar.update(finished, counts);
    },
    // There is no bar while nothing was made; a pod that is replaced later tears it for a moment.
    hindered: reason => void stream.write(hindrance(reason)),
    stop: () => bar.stop(),
  };
};
