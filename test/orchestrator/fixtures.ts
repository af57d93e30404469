// Accounts, settings, Jobs as objects, for tables.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Account } from '../../contract/account.ts';
import type { ObservedContainer, ObservedJob } from '../../contract/observed-job.ts';
import { type RunSettings, readSettings } from '../../contract/read-settings.ts';
import type { RunnerTemplate } from '../../contract/runner-job.ts';
import { type PlanFacts, planRun } from '../../orchestrator/plan.ts';

export const account = (id: string, facts: Partial<Account> = {}): Account => ({
  id,
  name: `account ${id}`,
  state: 'ACTIVE',
  path: null,
  unitIds: null,
  tags: null,
  ...facts,
});

export const settings = (text = '', environment: Record<string, string> = {}): RunSettings =>
  readSettings({ file: { name: 'config.yaml', text }, environment });

export const planFacts: PlanFacts = {
  run: '20261122-000000-abcd',
  date: '2026-11-22',
  startedAt: '2026-11-22T00:00:00.000Z',
  partition: 'aws',
  region: 'eu-west-1',
  bucket: 'reports',
  jobSeconds: 3000,
};

export const plan = (accounts: readonly Account[], text = '', facts: Partial<PlanFacts> = {}) =>
  planRun({ accounts, units: [] }, settings(text), { ...planFacts, ...facts });

export const template = (): RunnerTemplate =>
  parse(readFileSync('k8s/base/runner/job-template.yaml', 'utf8')) as RunnerTemplate;

export const container = (name: string, facts: Partial<ObservedContainer> = {}): ObservedContainer => ({
  name,
  exitCode: 0,
  reason: 'Completed',
  message: null,
  startedAt: '2026-11-22T00:00:01.000Z',
  finishedAt: '2026-11-22T00:00:02.000Z',
  ...facts,
});

export const job = (facts: Partial<ObservedJob> = {}): ObservedJob => ({
  name: 'aws-inventory-runner-20261122-000000-abcd-111111111111',
  labels: {},
  annotations: {},
  phase: 'succeeded',
  reason: null,
  message: null,
  attempts: 1,
  startedAt: '2026-11-22T00:00:00.000Z',
  finishedAt: '2026-11-22T00:00:05.000Z',
  containers: [],
  hindrance: null,
  deleting: false,
  ...facts,
});
