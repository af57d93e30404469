// The runner template as it is found in a cluster: what a run relies on must be in its place.
import { InventoryError } from '../contract/errors.ts';
import { containerNames, runnerTemplateName } from '../contract/names.ts';
import type { RunnerTemplate } from '../contract/runner-job.ts';

/** Throws template-unusable. */
export const requireUsable = (template: RunnerTemplate | undefined, namespace: string): RunnerTemplate => {
  const refuse = (reason: string) =>
    new InventoryError('template-unusable', `The CronJob ${namespace}/${runnerTemplateName} ${reason}`, {
      remedy: 'Apply k8s/base/runner/job-template.yaml again, with assume first and upload as the pod’s own container.',
    });
  if (template === undefined) throw refuse('does not exist');
  const pod = template.spec?.jobTemplate.spec?.template.spec;
  const names = { assume: pod?.initContainers?.[0]?.name, upload: pod?.containers[0]?.name };
  if (names.assume !== containerNames.assume)
    throw refuse(`has no first init container named ${containerNames.assume}`);
  if (names.upload !== containerNames.upload) throw refuse(`has no first container named ${containerNames.upload}`);
  return template;
};
