import { readFileSync } from 'node:fs';
import type { V1CronJob } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { imageName } from '../../../clients/pods/images.ts';
import { checkTemplate } from '../../../clients/pods/template-check.ts';

const images = {
  'dfdsdk/aws-inventory-orchestrator': { command: ['node'], root: { '/app': '/dist' } },
  bare: { command: [] },
};
const templateFile = new URL('../../../k8s/base/runner/job-template.yaml', import.meta.url);

const template = (): V1CronJob => parse(readFileSync(templateFile, 'utf8')) as V1CronJob;

/** The template with a change in its Job. */
const changed = (change: (parts: ReturnType<typeof partsOf>) => void): string[] => {
  const cronJob = template();
  change(partsOf(cronJob));
  return checkTemplate(cronJob, images);
};

const partsOf = (cronJob: V1CronJob) => {
  const job = cronJob.spec?.jobTemplate.spec;
  const pod = job?.template.spec;
  const [assume, scan] = pod?.initContainers ?? [];
  if (job === undefined || pod === undefined || assume === undefined || scan === undefined) throw new Error('no pod');
  return { job, pod, assume, scan, volumes: pod.volumes ?? [] };
};

test('the template of this repository can be run', () => {
  expect(checkTemplate(template(), images)).toEqual([]);
});

const cases: [string, Parameters<typeof changed>[0], string][] = [
  [
    'an unknown image',
    ({ scan }) => {
      scan.image = 'acme/scanner:2';
    },
    'initContainers[1] "scan": image "acme/scanner" is not known on this machine; set local.images["acme/scanner"] to its command',
  ],
  [
    'no image',
    ({ scan }) => {
      delete scan.image;
    },
    'image "" is not known',
  ],
  [
    'a missing command',
    ({ scan }) => {
      scan.image = 'bare';
    },
    'has no command, and local.images["bare"] gives none',
  ],
  [
    'a hostPath',
    ({ volumes }) => {
      volumes.push({ name: 'host', hostPath: { path: '/' } });
    },
    'volume "host": hostPath has no local counterpart; use an emptyDir',
  ],
  [
    'a Secret',
    ({ volumes }) => {
      volumes.push({ name: 'keys', secret: { secretName: 'x' } });
    },
    'volume "keys": secret',
  ],
  [
    'a projected Secret',
    ({ volumes }) => {
      volumes.push({ name: 'keys', projected: { sources: [{ secret: { name: 'x' } }] } });
    },
    'volume "keys": projected secret',
  ],
  [
    'a volume name with a path in it',
    ({ volumes }) => {
      volumes.push({ name: '../up', emptyDir: {} });
    },
    'volume "../up": the name is not a DNS label',
  ],
  [
    'a container name with a path in it',
    ({ scan }) => {
      scan.name = '../scan';
    },
    'initContainers[1] "../scan": the name is not a DNS label',
  ],
  [
    'a variable from a ConfigMap',
    ({ scan }) => {
      scan.env = [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }];
    },
    'variable "X": valueFrom configMapKeyRef cannot be read',
  ],
  [
    'a field that a process has not',
    ({ scan }) => {
      scan.env = [{ name: 'X', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }];
    },
    'variable "X": valueFrom fieldRef "status.podIP"',
  ],
  [
    'a variable that is not a text',
    ({ scan }) => {
      scan.env = [{ name: 'X', value: 5 as unknown as string }];
    },
    'variable "X": 5 is not a text; quote it',
  ],
  [
    'an argument that is not a text',
    ({ scan }) => {
      scan.args = [true as unknown as string];
    },
    'initContainers[1] "scan": true in its command is not a text; quote it',
  ],
  [
    'envFrom',
    ({ scan }) => {
      scan.envFrom = [{ configMapRef: { name: 'x' } }];
    },
    'envFrom is not obeyed',
  ],
  [
    'a probe',
    ({ scan }) => {
      scan.livenessProbe = {};
    },
    'livenessProbe is not obeyed',
  ],
  [
    'a mount of a volume that is not there',
    ({ scan }) => {
      scan.volumeMounts = [{ name: 'gone', mountPath: '/x' }];
    },
    'mounts volume "gone"',
  ],
  [
    'a mount over everything',
    ({ scan }) => {
      scan.volumeMounts = [{ name: 'tmp', mountPath: '/' }];
    },
    'mountPath "/" is not a directory below /',
  ],
  [
    'a subPath',
    ({ scan }) => {
      scan.volumeMounts = [{ name: 'tmp', mountPath: '/x', subPath: 'y' }];
    },
    'subPath of "tmp" is not translated',
  ],
  [
    'two containers of one name',
    ({ scan }) => {
      scan.name = 'assume';
    },
    'two containers are named "assume"',
  ],
  [
    'another restartPolicy',
    ({ pod }) => {
      pod.restartPolicy = 'OnFailure';
    },
    'restartPolicy is "OnFailure"; set it to "Never"',
  ],
  [
    'no containers',
    ({ pod }) => {
      pod.containers = [];
    },
    'the pod has no containers',
  ],
  [
    'several pods',
    ({ job }) => {
      job.completions = 3;
    },
    'completions and parallelism must be 1',
  ],
  [
    'a suspended Job',
    ({ job }) => {
      job.suspend = true;
    },
    'suspend is true',
  ],
];

test.each(cases)('%s is refused with the reason', (_name, change, reason) => {
  const reasons = changed(change);
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toContain(reason);
});

test('all reasons are said at once', () => {
  expect(
    changed(({ assume, scan, volumes }) => {
      assume.image = 'a';
      scan.image = 'b';
      volumes.push({ name: 'c', nfs: { path: '/', server: 'c' } });
    }),
  ).toHaveLength(3);
});

test('what may be missing in a cluster may be missing here', () => {
  expect(
    changed(({ scan, volumes }) => {
      volumes.push({ name: 'a', secret: { secretName: 'x', optional: true } }, { name: 'b' });
      scan.volumeMounts = [
        ...(scan.volumeMounts ?? []),
        { name: 'a', mountPath: '/a' },
        { name: 'b', mountPath: '/b' },
      ];
      scan.env = [{ name: 'X', valueFrom: { fieldRef: { fieldPath: "metadata.labels['x']" } } }];
    }),
  ).toEqual([]);
});

test('a template without a pod is said to be one', () => {
  expect(checkTemplate({} as V1CronJob, images)).toEqual(['the template has no pod']);
});

test.each([
  ['a', 'a'],
  ['team/a:1', 'team/a'],
  ['host:5000/team/a', 'host:5000/team/a'],
  ['host:5000/team/a:1@sha256:00', 'host:5000/team/a'],
])('the name of image %s is %s', (reference, name) => {
  expect(imageName(reference)).toBe(name);
});
