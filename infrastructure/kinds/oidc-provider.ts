// An OIDC provider: one that is there is adopted, whoever made it, and gets our audience beside its own.
import {
  addAudience,
  createOidcProvider,
  deleteOidcProvider,
  readOidcProvider,
} from '../../clients/aws/infrastructure/oidc-providers.ts';
import type { DesiredOidcProvider } from '../../contract/access/estate.ts';
import type { EstateConnections } from '../connections.ts';
import { type Assessment, isOurs, notMadeHere, ownTag, type ResourceKind } from '../resource-kind.ts';

const arnOf = ({ account, issuer }: DesiredOidcProvider, connections: EstateConnections): string => {
  const { partition, accountId } = connections[account];
  return `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;
};

const assessProvider = async (desired: DesiredOidcProvider, connections: EstateConnections): Promise<Assessment> => {
  const { iam } = connections[desired.account];
  const arn = arnOf(desired, connections);
  const { audience } = desired;
  const live = await readOidcProvider(iam, arn);
  if (live === undefined) {
    const run = async () => {
      await createOidcProvider(iam, { ...desired, tags: ownTag });
      connections.made.add(arn);
    };
    const differences = [{ attribute: 'audience', after: audience }];
    return { exists: false, differences, remarks: [], steps: () => [{ says: 'create the provider', run }] };
  }
  const lacks = !live.audiences.includes(audience);
  const step = { says: 'add the audience', run: () => addAudience(iam, arn, audience) };
  return {
    exists: true,
    differences: lacks ? [{ attribute: 'audience', after: audience }] : [],
    remarks: isOurs(live.tags) ? [] : [`${notMadeHere}: destroy will leave it`],
    steps: () => (lacks ? [step] : []),
  };
};

export const oidcProviderKind: ResourceKind<DesiredOidcProvider> = {
  nameOf: ({ issuer }) => `OIDC provider ${issuer}`,
  assess: assessProvider,
  removal: async (desired, connections) => {
    const { iam } = connections[desired.account];
    const arn = arnOf(desired, connections);
    const live = await readOidcProvider(iam, arn);
    if (live === undefined) return { exists: false, kept: null, steps: [] };
    if (!isOurs(live.tags)) return { exists: true, kept: notMadeHere, steps: [] };
    const step = { says: 'delete the provider', run: () => deleteOidcProvider(iam, arn) };
    return { exists: true, kept: null, steps: [step] };
  },
};
