// The shape of a seed: one or more real resources that the simulator creates, so that their listing can be compared.
import type { ClientConfiguration } from '../../../clients/aws/inventory/listing.ts';

export interface SeedPlace {
  /** Region, endpoint and credentials for any SDK client. */
  readonly configuration: ClientConfiguration;
  readonly region: string;
  readonly account: string;
}

export interface Seed {
  /** Keys of the catalogue's types of which at least one resource exists afterwards. */
  readonly types: readonly string[];
  /** Made in one region alone, because the service is global. */
  readonly global?: boolean;
  /** Resolves to the ARNs of what was made, as the API that made it told them; empty where it tells none. */
  readonly create: (place: SeedPlace) => Promise<readonly (string | undefined)[]>;
}
