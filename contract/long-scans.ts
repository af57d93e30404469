// The runner template for scans that outlast the hour of a chained role, where no kustomize puts the component `long-scans` on it: the same
// sidecar behind `assume`, without its ports, which all accounts of one machine would share. Pure.
import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { InventoryError } from './errors.ts';
import { containerNames } from './names.ts';
import type { RunnerTemplate } from './runner-job.ts';

export const refreshContainer = 'refresh';
const sharedFile = 'AWS_SHARED_CREDENTIALS_FILE';
/** Seconds that an account may take then, as with the component. */
const deadlineSeconds = 18_000;

const sidecarOf = (assume: V1Container): V1Container => ({
  ...assume,
  name: refreshContainer,
  args: ['/app/refresh.mjs'],
  restartPolicy: 'Always',
});

/** SDKs read the shared file once; our scan reads the other one again and again. Other scanners keep theirs. */
const reading = (scan: V1Container): V1Container => ({
  ...scan,
  env: (scan.env ?? []).map(each =>
    each.name === sharedFile ? { ...each, name: 'INVENTORY_CREDENTIALS_FILE' } : each,
  ),
});

const containersWith = ({ initContainers = [] }: V1PodSpec): V1Container[] => {
  const at = initContainers.findIndex(({ name }) => name === containerNames.assume);
  const assume = initContainers[at];
  if (assume === undefined) {
    throw new InventoryError('template-unusable', 'The runner template has no init container named assume', {
      remedy: 'Leave out local.longScans, or name a template with our own containers in local.template.',
    });
  }
  const rest = initContainers.slice(at + 1);
  return [
    ...initContainers.slice(0, at + 1),
    sidecarOf(assume),
    ...rest.map(each => (each.name === containerNames.scan ? reading(each) : each)),
  ];
};

/** A template that has the sidecar already stays as it is. Throws template-unusable without `assume`. */
export const withRefresh = (template: RunnerTemplate): RunnerTemplate => {
  const job = template.spec?.jobTemplate;
  const pod = job?.spec?.template.spec;
  if (template.spec === undefined || job?.spec === undefined || pod == null) return template;
  if (pod.initContainers?.some(({ name }) => name === refreshContainer)) return template;
  const podTemplate = { ...job.spec.template, spec: { ...pod, initContainers: containersWith(pod) } };
  const spec = { ...job.spec, activeDeadlineSeconds: deadlineSeconds, template: podTemplate };
  return { ...template, spec: { ...template.spec, jobTemplate: { ...job, spec } } };
};
