// The Job that asks what the runners' identity may do, from the template as it is applied.
import { readFileSync } from 'node:fs';
import type { V1Container, V1CronJob } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stampPreflightJob } from '../../contract/preflight-job.ts';
import {
  orderVariables,
  type PreflightOrder,
  readAnswers,
  readOrder,
  renderAnswer,
} from '../../contract/preflight-order.ts';

const template = (): V1CronJob => parse(readFileSync('k8s/base/runner/job-template.yaml', 'utf8')) as V1CronJob;
const containersOf = (cronJob: V1CronJob): V1Container[] => {
  const pod = cronJob.spec?.jobTemplate.spec?.template.spec;
  return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
};

const accountOf = (accountId: string): PreflightOrder['accounts'][number] => ({
  accountId,
  roleArn: `arn:aws:iam::${accountId}:role/managed/inventory`,
  sessionName: `aws-inventory-preflight-${accountId}`,
  externalId: '$(HOME)',
  regions: ['eu-west-1'],
});
const order = (accounts: readonly string[] = ['111111111111']): PreflightOrder => ({
  accounts: accounts.map(accountOf),
  bucket: { name: 'b', prefix: 'AWSRecon', owner: '333333333333' },
});
const stamp = (cronJob = template(), asked = order()) =>
  stampPreflightJob(cronJob, { suffix: '20261126-190000-abcd', order: asked, region: 'eu-west-1' });

describe('a preflight’s Job', () => {
  it('has the two containers that have an identity in a run, with another program and nothing else changed', () => {
    const { metadata, spec } = stamp();
    expect(metadata).toMatchObject({
      name: 'aws-inventory-preflight-20261126-190000-abcd',
      labels: { component: 'runner' },
    });
    expect(spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 601, ttlSecondsAfterFinished: 600 });
    const pod = spec?.template.spec;
    expect(pod?.initContainers).toBeUndefined();
    expect(pod).toMatchObject({ restartPolicy: 'Never', serviceAccountName: 'aws-inventory-runner-sa' });
    const own = containersOf(template()).filter(({ name }) => name !== 'scan');
    for (const [at, container] of (pod?.containers ?? []).entries()) {
      const { args, env, ...rest } = container;
      const { args: _args, env: ownEnv, ...ownRest } = own[at] ?? { name: 'none' };
      expect(rest).toEqual(ownRest);
      expect(args).toEqual(['/app/preflight.mjs', container.name === 'assume' ? 'accounts' : 'bucket']);
      expect(env).toEqual(expect.arrayContaining([...(ownEnv ?? []), { name: 'AWS_REGION', value: 'eu-west-1' }]));
    }
    expect(pod?.containers.map(({ name }) => name)).toEqual(['assume', 'upload']);
    expect(spec?.template.metadata).toEqual(template().spec?.jobTemplate.spec?.template.metadata);
  });

  it('pulls every other image of the template once', () => {
    const cronJob = template();
    for (const container of containersOf(cronJob)) if (container.name === 'scan') container.image = 'scanner:1';
    const { spec } = stamp(cronJob);
    expect(spec?.template.spec?.containers.slice(2)).toMatchObject([
      { name: 'image-1', image: 'scanner:1', securityContext: { readOnlyRootFilesystem: true } },
    ]);
  });

  it('is refused where a container does not start the program that it is named for', () => {
    const cronJob = template();
    for (const container of containersOf(cronJob)) if (container.name === 'upload') container.args = ['/own/thing.sh'];
    expect(() => stamp(cronJob)).toThrow(/upload.*does not start \/app\/upload\.mjs/);
  });

  it('carries its order through variables that the container reads back', () => {
    const asked = order(['111111111111', '222222222222']);
    const environment = Object.fromEntries(
      (stamp(template(), asked).spec?.template.spec?.containers[0]?.env ?? []).map(({ name, value }) => [name, value]),
    );
    expect(readOrder(environment)).toEqual(asked);
  });
});

describe('an order', () => {
  it('of ten thousand accounts fits into variables that Linux takes, and into one object of the API server', () => {
    const digits = (at: number) => String((at * 7_919_000_003 + 1e11) % 9e11).padStart(12, '1');
    const asked = order(Array.from({ length: 10_000 }, (_, at) => digits(at)));
    const variables = orderVariables(asked);
    const sizes = Object.values(variables).map(value => value.length);
    expect(Math.max(...sizes)).toBeLessThan(128 * 1024);
    // It stands in two containers.
    expect(2 * sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1024 * 1024);
    expect(readOrder(variables)).toEqual(asked);
  });

  it.each([
    ['none', {}],
    [
      'one that is cut',
      { INVENTORY_PREFLIGHT_1: (orderVariables(order())['INVENTORY_PREFLIGHT_1'] ?? '').slice(0, -40) },
    ],
    ['something else', { INVENTORY_PREFLIGHT_1: 'e30=' }],
  ])('%s is refused as a fault of whoever made the Job', (_what, environment) => {
    expect(() => readOrder(environment)).toThrow(/do not hold the order of a preflight/);
  });
});

it('answers are found among other lines of a log, and one that is cut is none', () => {
  const check = {
    about: 'account' as const,
    subject: '111111111111',
    check: 'role',
    status: 'failed' as const,
    code: 'role-refused' as const,
    message: 'no',
    remedy: 'do',
  };
  const [first, second] = [
    { identity: 'arn:aws:sts::1:assumed-role/r/s', checks: [] },
    { done: 1, checks: [check] },
  ];
  const log = `{"level":30}\n${renderAnswer(first)}warning: x\n${renderAnswer(second)}${renderAnswer(second).slice(0, 60)}`;
  expect(readAnswers(log)).toEqual([first, second]);
});
