// What CloudFront's distributions refer to, from lists that the SDK does not page.
import {
  type CloudFrontClient,
  ListCachePoliciesCommand,
  ListContinuousDeploymentPoliciesCommand,
  ListFunctionsCommand,
  ListKeyGroupsCommand,
  ListOriginRequestPoliciesCommand,
  ListRealtimeLogConfigsCommand,
  ListResponseHeadersPoliciesCommand,
  ListVpcOriginsCommand,
} from '@aws-sdk/client-cloudfront';
import { asked, type CallOptions } from '../page-walks.ts';
import type { Items } from '../rows.ts';

interface List {
  readonly NextMarker?: string | undefined;
}

const row = <const Key extends string, Page extends List>(
  type: Key,
  send: (client: CloudFrontClient, Marker: string | undefined, options: CallOptions) => Promise<Page | undefined>,
  items: (page: Page) => Items,
) => asked(type, { ask: send, next: page => page?.NextMarker }, page => page && items(page));

/** AWS's own policies are the same everywhere and no account's resources. */
const Type = 'custom';

export const policyRows = [
  row(
    'cloudfront.cache-policy',
    async (client, Marker, options) =>
      (await client.send(new ListCachePoliciesCommand({ Type, Marker }), options)).CachePolicyList,
    page => page.Items?.map(({ CachePolicy }) => ({ ...CachePolicy })),
  ),
  row(
    'cloudfront.origin-request-policy',
    async (client, Marker, options) =>
      (await client.send(new ListOriginRequestPoliciesCommand({ Type, Marker }), options)).OriginRequestPolicyList,
    page => page.Items?.map(({ OriginRequestPolicy }) => ({ ...OriginRequestPolicy })),
  ),
  row(
    'cloudfront.response-headers-policy',
    async (client, Marker, options) =>
      (await client.send(new ListResponseHeadersPoliciesCommand({ Type, Marker }), options)).ResponseHeadersPolicyList,
    page => page.Items?.map(({ ResponseHeadersPolicy }) => ({ ...ResponseHeadersPolicy })),
  ),
  row(
    'cloudfront.continuous-deployment-policy',
    async (client, Marker, options) =>
      (await client.send(new ListContinuousDeploymentPoliciesCommand({ Marker }), options))
        .ContinuousDeploymentPolicyList,
    page => page.Items?.map(({ ContinuousDeploymentPolicy }) => ({ ...ContinuousDeploymentPolicy })),
  ),
  row(
    'cloudfront.key-group',
    async (client, Marker, options) => (await client.send(new ListKeyGroupsCommand({ Marker }), options)).KeyGroupList,
    page => page.Items?.map(({ KeyGroup }) => ({ ...KeyGroup })),
  ),
  row(
    'cloudfront.function',
    // Every function has this stage; the published ones have another, under the same ARN.
    async (client, Marker, options) =>
      (await client.send(new ListFunctionsCommand({ Stage: 'DEVELOPMENT', Marker }), options)).FunctionList,
    page => page.Items,
  ),
  row(
    'cloudfront.realtime-log-config',
    async (client, Marker, options) =>
      (await client.send(new ListRealtimeLogConfigsCommand({ Marker }), options)).RealtimeLogConfigs,
    page => page.Items,
  ),
  row(
    'cloudfront.vpc-origin',
    async (client, Marker, options) =>
      (await client.send(new ListVpcOriginsCommand({ Marker }), options)).VpcOriginList,
    page => page.Items,
  ),
];
