// The runner template → one Job that asks, before a run, what the runners' own identity may do. Pure.
import type { V1Container, V1Job } from '@kubernetes/client-node';
import { withVariables } from './container-variables.ts';
import { InventoryError } from './errors.ts';
import { containerNames, runnerTemplateName } from './names.ts';
import { orderVariables, type PreflightOrder } from './preflight-order.ts';
import type { RunnerTemplate } from './runner-job.ts';

/** Which container of the template answers for what: each with the identity that it has in a run. */
export const preflightParts = { [containerNames.assume]: 'accounts', [containerNames.upload]: 'bucket' } as const;
export type PreflightPart = (typeof preflightParts)[keyof typeof preflightParts];

export interface PreflightJobFacts {
  /** Behind the Job's name. */
  readonly suffix: string;
  readonly order: PreflightOrder;
  /** AWS region of the calls. */
  readonly region: string;
}

/** Seconds: for the image, and for each account. */
const deadline = { start: 600, account: 0.25 };

const program = '/app/preflight.mjs';

/** The container with another program; its image, identity, mounts and limits stay. */
const withProgram = (container: V1Container, part: PreflightPart): V1Container => {
  const own = `/app/${container.name}.mjs`;
  const replaced = (words: readonly string[] | undefined): string[] | undefined =>
    words?.flatMap(word => (word === own ? [program, part] : [word]));
  if (![...(container.command ?? []), ...(container.args ?? [])].includes(own)) {
    throw new InventoryError(
      'template-unusable',
      `The container ${container.name} of the CronJob ${runnerTemplateName} does not start ${own}`,
      { remedy: 'Let it start the program of the image, as k8s/base/runner/job-template.yaml does.' },
    );
  }
  const command = replaced(container.command);
  const args = replaced(container.args);
  return { ...container, ...(command === undefined ? {} : { command }), ...(args === undefined ? {} : { args }) };
};

/** Is there for its image alone: what it starts ends at once, where the image has it at all. */
const imageContainer = (container: V1Container, at: number): V1Container => ({
  name: `image-${at + 1}`,
  ...(container.image === undefined ? {} : { image: container.image }),
  ...(container.imagePullPolicy === undefined ? {} : { imagePullPolicy: container.imagePullPolicy }),
  ...(container.resources === undefined ? {} : { resources: container.resources }),
  ...(container.securityContext === undefined ? {} : { securityContext: container.securityContext }),
  command: ['node', '--version'],
});

/** Throws template-unusable. */
export const stampPreflightJob = (template: RunnerTemplate, facts: PreflightJobFacts): V1Job => {
  const job = template.spec?.jobTemplate;
  const pod = job?.spec?.template.spec;
  if (job?.spec === undefined || pod === undefined) throw new TypeError('the runner template has no pod');
  const all = [...(pod.initContainers ?? []), ...pod.containers];
  const { initContainers: _asContainers, ...rest } = pod;
  const variables = { AWS_REGION: facts.region, ...orderVariables(facts.order) };
  const asking = all.flatMap(container => {
    const part = preflightParts[container.name as keyof typeof preflightParts];
    return part === undefined ? [] : [withVariables(withProgram(container, part), variables)];
  });
  const images = new Set(asking.map(({ image }) => image));
  const others = all.filter(({ image }) => !images.has(image) && images.add(image)).map(imageContainer);
  const { namespace } = template.metadata ?? {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...job.metadata,
      name: `aws-inventory-preflight-${facts.suffix}`,
      ...(namespace === undefined ? {} : { namespace }),
    },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: Math.ceil(deadline.start + facts.order.accounts.length * deadline.account),
      // It is deleted by who made it; this is for one that is killed.
      ttlSecondsAfterFinished: 600,
      template: {
        ...job.spec.template,
        spec: { ...rest, restartPolicy: 'Never', containers: [...asking, ...others] },
      },
    },
  };
};
