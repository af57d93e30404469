// Which region, and whose account, each instance of a state belongs to: driftctl looks at one region per run. Pure.
import type { Members } from '../members.ts';
import { isGlobalType } from './supported-types.ts';

/** An instance of a managed resource, as a state has it. */
export interface StateInstance {
  readonly type: string;
  /** The provider's configuration: `provider["registry.terraform.io/hashicorp/aws"].west`, its module before it. */
  readonly provider: string;
  readonly attributes: Members;
}

export interface Placement {
  /** `global`, an AWS region, or undefined where nothing tells. */
  readonly region: string | undefined;
  /** undefined where nothing tells. */
  readonly account: string | undefined;
}

const regionForm = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;
const zoneForm = /^([a-z]{2,}(?:-[a-z]+)+-\d+)(?:[a-z]|-[a-z]+-\d+[a-z])$/;
const arnForm = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):/;
const queueForm = /^https?:\/\/sqs\.([a-z0-9-]+)\.[^/]+\/(\d{12})\//;
const accountForm = /^\d{12}$/;

const textOf = (attributes: Members, name: string): string => {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
};

const matched = (form: RegExp, text: string, group: number): string | undefined =>
  form.exec(text)?.[group] || undefined;

/** Attributes that name the resource itself, or a thing that must lie in its region. */
const ownNames = ['arn', 'id', 'queue_url', 'url', 'topic_arn', 'listener_arn', 'load_balancer_arn', 'function_arn'];

const regionOf = (attributes: Members): string | undefined => {
  const named = textOf(attributes, 'region');
  if (regionForm.test(named)) return named;
  for (const name of ownNames) {
    const text = textOf(attributes, name);
    const region = matched(arnForm, text, 1) ?? matched(queueForm, text, 1);
    if (region !== undefined) return region;
  }
  return matched(zoneForm, textOf(attributes, 'availability_zone'), 1);
};

const accountOf = (attributes: Members): string | undefined => {
  const arn = matched(arnForm, textOf(attributes, 'arn'), 2) ?? matched(arnForm, textOf(attributes, 'id'), 2);
  if (arn !== undefined && accountForm.test(arn)) return arn;
  const owner = textOf(attributes, 'owner_id');
  return accountForm.test(owner) ? owner : matched(queueForm, textOf(attributes, 'id'), 2);
};

const mostFrequent = (values: readonly string[]): string | undefined =>
  [...Map.groupBy(values, value => value)].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];

/** By provider configuration, which has one region and one account: what most of its instances tell. */
const byProvider = (
  instances: readonly StateInstance[],
  tell: (instance: StateInstance) => string | undefined,
): Map<string, string> => {
  const groups = Map.groupBy(instances, instance => instance.provider);
  return new Map(
    [...groups].flatMap(([provider, those]) => {
      const value = mostFrequent(those.flatMap(instance => tell(instance) ?? []));
      return value === undefined ? [] : [[provider, value] as const];
    }),
  );
};

/** Attributes that refer to another resource of the same region. */
const referenceForm = /(?:^|_)(?:id|bucket|queue_url|rest_api_id|api_id|repository|function_name|arn)$/;

/** The region of a resource of the same state that this one names. */
const byReference = (attributes: Members, regions: ReadonlyMap<string, string>): string | undefined => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== 'string' || value === '' || !referenceForm.test(name)) continue;
    const region = regions.get(value);
    if (region !== undefined) return region;
  }
  return undefined;
};

/**
 * Placements in the order of the instances of one state. Told by the resource's own attributes (region of provider 6, ARN,
 * zone), else by its provider configuration, else by a resource of the state that it refers to.
 */
export const placeResources = (instances: readonly StateInstance[]): Placement[] => {
  const ownRegion = ({ type, attributes }: StateInstance) => (isGlobalType(type) ? undefined : regionOf(attributes));
  const regions = byProvider(instances, ownRegion);
  const accounts = byProvider(instances, ({ attributes }) => accountOf(attributes));
  const known = new Map<string, string>();
  const first = instances.map(instance => {
    const region = ownRegion(instance) ?? regions.get(instance.provider);
    const id = textOf(instance.attributes, 'id');
    if (region !== undefined && id !== '') known.set(id, region);
    return region;
  });
  return instances.map(({ type, provider, attributes }, index) => ({
    region: isGlobalType(type) ? 'global' : (first[index] ?? byReference(attributes, known)),
    account: accountOf(attributes) ?? accounts.get(provider),
  }));
};
