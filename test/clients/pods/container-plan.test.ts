import { readFileSync } from 'node:fs';
import type { V1Container, V1CronJob, V1PodSpec } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planContainer } from '../../../clients/pods/container-plan.ts';
import { attemptFiles } from '../../../clients/pods/job-files.ts';
import { holdsAwsToken, planVolumes } from '../../../clients/pods/volumes.ts';

const templateFile = new URL('../../../k8s/base/runner/job-template.yaml', import.meta.url);
const template = parse(readFileSync(templateFile, 'utf8')) as V1CronJob;
const pod = template.spec?.jobTemplate.spec?.template.spec as V1PodSpec;
const containerOf = (name: string): V1Container =>
  [...(pod.initContainers ?? []), ...pod.containers].find(container => container.name === name) as V1Container;

const files = attemptFiles('/jobs/j', 1);
const places = { memory: '/dev/shm/m', disk: files.volumes, placeholders: files.placeholders };
const place = {
  pod,
  metadata: { name: 'pod-1' },
  images: { 'dfdsdk/aws-inventory-orchestrator': { command: ['/usr/bin/node'], root: { '/app': '/tmp/dist' } } },
  volumes: planVolumes(pod.volumes ?? [], places),
  files,
  caller: { PATH: '/bin', AWS_PROFILE: 'work' },
};

test('the containers of this repository’s template become processes with paths of this machine', () => {
  expect(planContainer(containerOf('assume'), place)).toMatchObject({
    command: ['/usr/bin/node', '/tmp/dist/assume.mjs'],
    environment: {
      INVENTORY_CREDENTIALS_FILE: '/dev/shm/m/aws-creds/creds',
      INVENTORY_TERMINATION_MESSAGE: '/jobs/j/attempts/1/assume.message',
      AWS_PROFILE: 'work',
    },
    messageFile: '/jobs/j/attempts/1/assume.message',
    messageBytes: 4096,
    sidecar: false,
  });
  const scan = planContainer(containerOf('scan'), place);
  // Its own directory lies under /tmp, which is a mountPath here: translated once, and not again.
  expect(scan.command).toEqual(['/usr/bin/node', '/tmp/dist/scan.mjs']);
  expect(scan.environment).toMatchObject({
    AWS_SHARED_CREDENTIALS_FILE: '/dev/shm/m/aws-creds/creds',
    INVENTORY_REPORTS_DIRECTORY: '/jobs/j/attempts/1/volumes/inventory-output',
    TMPDIR: '/jobs/j/attempts/1/volumes/tmp',
  });
  expect(scan.environment).not.toHaveProperty('AWS_PROFILE');
});

test('only a token for AWS is an identity', () => {
  const tokenFor = (audience: string) => [
    { name: 'aws-token', projected: { sources: [{ serviceAccountToken: { path: 't', audience } }] } },
  ];
  const upload = containerOf('upload');
  for (const audience of ['sts.amazonaws.com', 'sts.cn-north-1.amazonaws.com.cn']) {
    expect(holdsAwsToken(upload, tokenFor(audience))).toBe(true);
  }
  for (const audience of ['vault', 'https://kubernetes.default.svc', 'evil-amazonaws.com', '']) {
    expect(holdsAwsToken(upload, tokenFor(audience))).toBe(false);
  }
  expect(holdsAwsToken(containerOf('scan'), pod.volumes ?? [])).toBe(false);
});

test('a command of the template replaces the one of the image, and both see the variables', () => {
  const container = {
    ...containerOf('scan'),
    command: ['$(TMPDIR)/tool'],
    args: ['--out=$(INVENTORY_REPORTS_DIRECTORY)', '$$(X)'],
  };
  expect(planContainer(container, place).command).toEqual([
    '/jobs/j/attempts/1/volumes/tmp/tool',
    '--out=/jobs/j/attempts/1/volumes/inventory-output',
    '$(X)',
  ]);
});
