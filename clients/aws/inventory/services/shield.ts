// Shield Advanced: protections and their groups.
import { paginateListProtectionGroups, paginateListProtections, ShieldClient } from '@aws-sdk/client-shield';
import { shield as catalogue } from '../../../../contract/catalogue/native/shield.ts';
import { describeAwsError } from '../../errors.ts';
import { defineService, type Listing } from '../listing.ts';
import { paged } from '../rows.ts';

/** Who has not subscribed to Shield Advanced is told that a resource was not found, and has no protections. */
const subscribed = <Key extends string>(listing: Listing<ShieldClient, Key>): Listing<ShieldClient, Key> => ({
  types: listing.types,
  pages: async function* pages(client, options) {
    try {
      yield* listing.pages(client, options);
    } catch (thrown) {
      if (options.abortSignal.aborted || describeAwsError(thrown).code !== 'ResourceNotFoundException') throw thrown;
      for (const type of listing.types) yield { type, items: [] };
    }
  },
});

export const shield = defineService(catalogue, configuration => new ShieldClient(configuration), [
  subscribed(
    paged(
      'shield.protection',
      { paginate: paginateListProtections, input: {}, pageSize: 100 },
      page => page.Protections,
    ),
  ),
  subscribed(
    paged(
      'shield.protection-group',
      { paginate: paginateListProtectionGroups, input: {}, pageSize: 100 },
      page => page.ProtectionGroups,
    ),
  ),
]);
