// The CronJob of the orchestrator + what somebody narrows → a Job of its own, as `kubectl create job --from` makes it. Pure.
import type { V1Container, V1CronJob, V1Job } from '@kubernetes/client-node';
import { withVariables } from './container-variables.ts';
import { InventoryError } from './errors.ts';

export const orchestratorTemplateName = 'aws-inventory-orchestrator';
export const orchestratorContainer = 'orchestrator';
/** Its Jobs, the scheduled ones and those of a person. */
export const orchestratorSelector = 'app=inventory,component=orchestrator';

export interface OrchestratorRun {
  /** Behind the CronJob's name; becomes part of the run's id. */
  readonly suffix: string;
  /** Settings as a tree that stands above config.yaml and the variables; null for none. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  readonly retry: string | null;
}

const variablesOf = ({ settings, retry }: OrchestratorRun): Record<string, string> => ({
  ...(settings === null ? {} : { INVENTORY_SETTINGS: JSON.stringify(settings) }),
  ...(retry === null ? {} : { INVENTORY_RETRY: retry }),
});

const narrow = (container: V1Container, run: OrchestratorRun): V1Container =>
  container.name === orchestratorContainer ? withVariables(container, variablesOf(run)) : container;

/** Throws template-unusable when the CronJob has no such container. */
export const stampOrchestratorJob = (cronJob: V1CronJob, run: OrchestratorRun): V1Job => {
  const template = cronJob.spec?.jobTemplate;
  const pod = template?.spec?.template.spec;
  if (template?.spec === undefined || !pod?.containers.some(({ name }) => name === orchestratorContainer)) {
    throw new InventoryError(
      'template-unusable',
      `The CronJob ${orchestratorTemplateName} has no container named ${orchestratorContainer}`,
      { remedy: 'Apply k8s/base/orchestrator/cronjob.yaml again.' },
    );
  }
  const { name = orchestratorTemplateName, uid = '', namespace } = cronJob.metadata ?? {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...template.metadata,
      name: `${orchestratorTemplateName}-${run.suffix}`,
      ...(namespace === undefined ? {} : { namespace }),
      annotations: { ...template.metadata?.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name, uid }],
    },
    spec: {
      ...template.spec,
      template: {
        ...template.spec.template,
        spec: { ...pod, containers: pod.containers.map(container => narrow(container, run)) },
      },
    },
  };
};
