// The id of a run that a person starts; in a cluster it follows from the orchestrator's own Job.
import { randomBytes } from 'node:crypto';
import { InventoryError } from '../contract/errors.ts';
import { runIdSchema } from '../contract/names.ts';

/** Sorts by time, says when it was, and two started in the same second differ. */
export const newRunId = (now: Date): string => {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
};

const timedId = /^(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})-[0-9a-f]{4}$/;

/** When an id of newRunId was made; now for any other, and for one of the future. */
export const startOfRunId = (run: string, now: Date): Date => {
  const [, year, month, day, hour, minute, second] = timedId.exec(run) ?? [];
  const made = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(made.getTime()) || made > now ? now : made;
};

/** Throws usage for an id that cannot become part of a Job's name. */
export const requireRunId = (run: string): void => {
  const parsed = runIdSchema.safeParse(run);
  if (parsed.success) return;
  throw new InventoryError('usage', `${JSON.stringify(run)} cannot be a run id: ${parsed.error.issues[0]?.message}`);
};
