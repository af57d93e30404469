// A pod's containers one by one: was the image there, does it run, how did it end. Pure.
import type { V1Pod } from '@kubernetes/client-node';
import { sentence } from './observe-job.ts';

export interface ContainerSight {
  readonly name: string;
  readonly image: string;
  /** Whether its image was there; null until that is known. */
  readonly pulled: boolean | null;
  readonly running: boolean;
  /** undefined until it ended. */
  readonly exitCode: number | undefined;
  /** Its termination message. */
  readonly message: string | undefined;
  /** Why it will never start, in Kubernetes' words. */
  readonly stuck: string | undefined;
}

/** A first failed pull is tried again; these stay. */
const noImage = /^(ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|SignatureValidationFailed)$/;
const neverStarts = /^(CreateContainerConfigError|CreateContainerError|RunContainerError)$/;

export const sightContainers = (pod: V1Pod): ContainerSight[] =>
  (pod.spec?.containers ?? []).map(({ name, image = '' }) => {
    const status = pod.status?.containerStatuses?.find(each => each.name === name);
    const { waiting, running, terminated } = status?.state ?? {};
    const reason = waiting?.reason ?? '';
    const isStuck = noImage.test(reason) || neverStarts.test(reason);
    const wasThere = running !== undefined || terminated !== undefined || neverStarts.test(reason);
    return {
      name,
      image,
      pulled: wasThere ? true : noImage.test(reason) ? false : null,
      running: running !== undefined,
      exitCode: terminated?.exitCode,
      message: terminated?.message,
      stuck: isStuck ? sentence(reason, waiting?.message) : undefined,
    };
  });
