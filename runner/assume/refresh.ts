// Keeps the credentials of a long scan fresh: a chained session ends after an hour, whatever the role allows.
import { sleep } from '../../clients/clock.ts';
import type { ServedCredentials, ServedRefusal } from '../../clients/credentials-server.ts';
import type { Log } from '../../clients/log.ts';
import { toInventoryError } from '../../contract/errors.ts';
import { type AccountAccess, type CheckedSession, obtainSession } from './assume-account.ts';
import { writeCredentialsFile } from './credentials-file.ts';

/** Milliseconds: a refusal may be a trust that is mended, and STS may be away for a while. */
const firstRetry = 2_000;
const longestRetry = 60_000;

/** Half of what is left, so that a second try comes long before the end; never at one moment for all pods. */
export const pauseBefore = (expiresAt: string, now: number, random: number): number => {
  const left = Math.max(0, Date.parse(expiresAt) - now);
  return left * (0.45 + 0.1 * random);
};

export interface Freshness {
  /** What is served now. */
  readonly current: () => ServedCredentials | ServedRefusal;
  /** Resolves when there are credentials for the first time. */
  readonly ready: Promise<void>;
  /** Goes on until the signal; then it rejects with its reason. */
  readonly done: Promise<never>;
}

const servedOf = ({ session }: CheckedSession, roleArn: string): ServedCredentials => ({
  AccessKeyId: session.accessKeyId,
  SecretAccessKey: session.secretAccessKey,
  Token: session.sessionToken,
  Expiration: session.expiresAt,
  RoleArn: roleArn,
});

/** The file and what is served change together; what is there stays until something newer is. */
export const keepFresh = (access: AccountAccess, log: Log, signal: AbortSignal): Freshness => {
  let newest: CheckedSession | undefined;
  let refusal: ServedRefusal = { code: 'NotReady', message: 'no credentials yet' };
  const first = Promise.withResolvers<void>();
  const renew = async (): Promise<number> => {
    newest = await obtainSession(access, signal);
    await writeCredentialsFile(access.credentialsFile, newest.session, newest.state);
    log.info({ expiresAt: newest.session.expiresAt }, 'credentials renewed');
    first.resolve();
    return pauseBefore(newest.session.expiresAt, Date.now(), Math.random());
  };
  const go = async (): Promise<never> => {
    let retry = firstRetry;
    for (;;) {
      let pause: number;
      try {
        pause = await renew();
        retry = firstRetry;
      } catch (thrown) {
        signal.throwIfAborted();
        const { code, message, remedy } = toInventoryError(thrown);
        refusal = { code, message };
        log.error({ code, remedy, expiresAt: newest?.session.expiresAt ?? null }, message);
        pause = retry;
        retry = Math.min(longestRetry, retry * 2);
      }
      await sleep(pause, signal);
    }
  };
  return {
    current: () => {
      const ended = newest !== undefined && Date.parse(newest.session.expiresAt) <= Date.now();
      return newest === undefined || ended ? refusal : servedOf(newest, access.role.roleArn);
    },
    ready: first.promise,
    done: go(),
  };
};
