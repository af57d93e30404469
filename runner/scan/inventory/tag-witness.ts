// Between the Tagging API and the services: tags wait here for the service that lists their resource. Kept small.
import { arnIdentity, parseArn } from '../../../contract/catalogue/arn.ts';
import { globalRegion, services } from '../../../contract/catalogue/services.ts';
import type { TaggedArn, TakeTags } from './record.ts';

/** An account's tags by resource: taken once by the service that lists it; what remains nobody else has seen. */
export interface TagWitness {
  /** False when no service of the catalogue can list it: then nobody will take it, and it need not wait. */
  readonly hold: (tagged: TaggedArn) => boolean;
  readonly take: TakeTags;
  /** What remains of a region, or with `global` of what belongs to none; it is forgotten on the way. */
  readonly release: (region: string) => Iterable<TaggedArn>;
}

/** As text: hundreds of thousands of resources wait for their service, and objects would take several times the room. */
type Held = Map<string, string>;

const listedServices = new Set<string>(services.map(service => service.key));

export const createTagWitness = (): TagWitness => {
  const held = new Map<string, Held>();
  const storeOf = (region: string): Held => {
    const store = held.get(region) ?? new Map<string, string>();
    held.set(region, store);
    return store;
  };
  return {
    hold: ({ region, arn: text, tags }) => {
      const arn = parseArn(text);
      // A resource of no region, or of another, may be shown by several regions, and is still one.
      const isOwn = arn?.region === region;
      if (isOwn && !listedServices.has(arn.service)) return false;
      storeOf(isOwn ? region : globalRegion).set(arnIdentity(text), JSON.stringify([region, text, tags]));
      return true;
    },
    take: text => {
      const identity = arnIdentity(text);
      for (const region of [parseArn(text)?.region ?? '', globalRegion]) {
        const store = held.get(region);
        const found = store?.get(identity);
        if (found === undefined) continue;
        store?.delete(identity);
        return (JSON.parse(found) as [string, string, TaggedArn['tags']])[2];
      }
      return undefined;
    },
    release: function* release(region) {
      const store = held.get(region);
      held.delete(region);
      for (const [identity, text] of store ?? []) {
        store?.delete(identity);
        const [asked, arn, tags] = JSON.parse(text) as [string, string, TaggedArn['tags']];
        yield { region: asked, arn, tags };
      }
    },
  };
};
