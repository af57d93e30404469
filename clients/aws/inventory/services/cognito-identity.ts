// Cognito's identity pools: the listing gives names, each pool is described.
import {
  CognitoIdentityClient,
  DescribeIdentityPoolCommand,
  paginateListIdentityPools,
} from '@aws-sdk/client-cognito-identity';
import { cognitoIdentity as catalogue } from '../../../../contract/catalogue/native/cognito-identity.ts';
import { answerMembers } from '../answer-members.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { asItems, walkPages } from '../rows.ts';

/** The call insists on a size, and allows no larger one. */
const MaxResults = 60;

const describePool = async (client: CognitoIdentityClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { IdentityPoolId } = fields as { IdentityPoolId?: string };
  const answer = await client.send(new DescribeIdentityPoolCommand({ IdentityPoolId }), { abortSignal });
  return { fields: answerMembers(answer) };
};

const pools: DescribedRow<CognitoIdentityClient, 'cognito-identity.identity-pool'> = {
  type: 'cognito-identity.identity-pool',
  names: async function* names(client, abortSignal) {
    const row = { paginate: paginateListIdentityPools, input: { MaxResults }, pageSize: MaxResults };
    for await (const page of walkPages(client, row, abortSignal)) yield asItems(page.IdentityPools);
  },
  batch: 1,
  describe: describeOne(describePool),
  gone: ['ResourceNotFoundException'],
};

export const cognitoIdentity = defineService(catalogue, configuration => new CognitoIdentityClient(configuration), [
  described(pools),
]);
