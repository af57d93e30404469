// The exporter's app with its page, over a snapshot that a test has made.
import type { Hono } from 'hono';
import type { AccountDetail } from '../../../exporter/account-details.ts';
import { createApp } from '../../../exporter/app.ts';
import type { FollowState } from '../../../exporter/follow-results.ts';
import { addPage } from '../../../exporter/page/routes.ts';
import type { Snapshot } from '../../../exporter/snapshot.ts';
import { silentLog } from '../fixtures.ts';
import { sampleDetail, sampleNow, sampleSnapshot } from './sample-organization.ts';

export interface PageAppOptions {
  readonly snapshot?: Snapshot | undefined;
  readonly failure?: FollowState['failure'];
  readonly readDetail?: (accountId: string) => Promise<AccountDetail>;
}

/** Of the sample Organization, where nothing else is said. */
export const pageApp = (options: PageAppOptions = {}): Hono => {
  const snapshot = 'snapshot' in options ? options.snapshot : sampleSnapshot();
  const state: FollowState = {
    ...{ snapshot, lastAttemptAt: sampleNow, lastSuccessAt: snapshot?.takenAt, failure: options.failure, failures: 0 },
    ...{ succeeded: 1, failed: 0, seconds: 0.5, changeSeconds: 0.5, reportsRead: 1, bytesRead: 10 },
  };
  const readDetail = options.readDetail ?? (async (id: string) => sampleDetail(id));
  return createApp({
    ...{ state: () => state, interval: 60, log: silentLog() },
    answerScrape: async context => context.text('', 200),
    addPages: app => addPage(app, { state: () => state, readDetail, now: () => sampleNow }),
  });
};
