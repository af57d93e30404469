// The template of this machine with the sidecar: what the component of the cluster does, but for what belongs to a pod's own network.
import { readFileSync } from 'node:fs';
import type { V1Container, V1CronJob } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withRefresh } from '../../contract/long-scans.ts';

const read = <Content>(path: string): Content => parse(readFileSync(path, 'utf8'));
const template = read<V1CronJob>('k8s/base/runner/job-template.yaml');
const initContainersOf = (cronJob: V1CronJob): V1Container[] =>
  cronJob.spec?.jobTemplate.spec?.template.spec?.initContainers ?? [];

interface Step {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}
const steps = read<readonly Step[]>('k8s/components/long-scans/runner.yaml');
const setBy = (end: string): unknown => steps.find(({ path }) => path.endsWith(end))?.value;

describe('the runner template of this machine for long scans', () => {
  const long = withRefresh(template);
  const [assume, refresh, scan] = initContainersOf(long);

  it('has the sidecar where the component puts it, with the identity of assume', () => {
    expect(initContainersOf(long).map(({ name }) => name)).toEqual(['assume', 'refresh', 'scan']);
    expect(assume).toEqual(initContainersOf(template)[0]);
    const name = setBy('/initContainers/1/name');
    const args = setBy('/initContainers/1/args');
    const restartPolicy = setBy('/initContainers/1/restartPolicy');
    expect(refresh).toEqual({ ...assume, name, args, restartPolicy });
  });

  it('gives accounts the time that the component gives them', () => {
    expect(long.spec?.jobTemplate.spec?.activeDeadlineSeconds).toBe(setBy('/activeDeadlineSeconds'));
  });

  it('lets the scan read the file again and again', () => {
    const environment = Object.fromEntries((scan?.env ?? []).map(({ name, value }) => [name, value]));
    expect(environment).toMatchObject({ INVENTORY_CREDENTIALS_FILE: '/aws/creds' });
    expect(environment).not.toHaveProperty('AWS_SHARED_CREDENTIALS_FILE');
  });

  it('that has the sidecar already stays as it is', () => {
    expect(withRefresh(long)).toBe(long);
  });

  it('without assume is refused', () => {
    const bare = structuredClone(template);
    initContainersOf(bare).shift();
    expect(() => withRefresh(bare)).toThrow('no init container named assume');
  });
});
