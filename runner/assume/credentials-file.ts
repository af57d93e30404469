// The credentials file: what `assume` leaves for the scan, readable by one user and never half written.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RoleSession } from '../../clients/aws/sts.ts';
import { refusalKey, refusalSection, renderRefusal, type StateRefusal } from '../../contract/drift/state-refusal.ts';
import { InventoryError } from '../../contract/errors.ts';
import { stateProfile } from '../../contract/names.ts';

/** A line break in a value would start another setting of the file, such as a credential_process. */
const singleLine = /^[\x21-\x7e]+$/;

/** Throws sts-unavailable for values that cannot stand in the file. */
export const checkSession = ({ accessKeyId, secretAccessKey, sessionToken }: RoleSession): void => {
  if ([accessKeyId, secretAccessKey, sessionToken].every(value => singleLine.test(value))) return;
  throw new InventoryError('sts-unavailable', 'STS answered with credentials that are empty or not plain text');
};

/** How far the session that reads the states got. */
export type StateSession = { readonly session: RoleSession } | { readonly refusal: StateRefusal };

const renderSection = (name: string, session: RoleSession): string[] => {
  checkSession(session);
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  return [
    `[${name}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `aws_session_token = ${sessionToken}`,
  ];
};

const renderState = (state: StateSession): string[] =>
  'session' in state
    ? renderSection(stateProfile, state.session)
    : [`[${refusalSection}]`, `${refusalKey} = ${renderRefusal(state.refusal)}`];

/**
 * The account's session, and what became of the one for its states where there is to be one, in the form that every AWS SDK
 * reads. Throws sts-unavailable for values that cannot stand in it.
 */
export const renderCredentials = (session: RoleSession, state?: StateSession): string => {
  const lines = [...renderSection('default', session), ...(state === undefined ? [] : renderState(state))];
  return `${lines.join('\n')}\n`;
};

const placed = async (path: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (cause) {
    if (cause instanceof InventoryError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InventoryError('template-unusable', `the credentials file ${path} cannot be written: ${reason}`, {
      remedy: 'Let INVENTORY_CREDENTIALS_FILE name a file on a volume that the container may write to.',
      cause,
    });
  }
};

/** Removes the file, or the link that stands in its place; what a link points to stays. Throws template-unusable. */
export const removeCredentialsFile = (path: string): Promise<void> => placed(path, () => rm(path, { force: true }));

/**
 * Writes beside the path and renames: a reader sees the old file or the new one, and a link in its place is replaced,
 * not followed. Mode 0600. Throws template-unusable when the place cannot be written.
 */
export const writeCredentialsFile = async (path: string, session: RoleSession, state?: StateSession): Promise<void> => {
  const text = renderCredentials(session, state);
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  await placed(path, async () => {
    try {
      const file = await open(beside, 'wx', 0o600);
      try {
        await file.writeFile(text);
      } finally {
        await file.close();
      }
      await rename(beside, path);
    } catch (thrown) {
      await rm(beside, { force: true });
      throw thrown;
    }
  });
};
