// WAF: web ACLs and what they consist of, of a region; in us-east-1 those of CloudFront too.
import {
  ListIPSetsCommand,
  ListRegexPatternSetsCommand,
  ListRuleGroupsCommand,
  ListWebACLsCommand,
  type Scope,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { wafv2 as catalogue } from '../../../../contract/catalogue/native/wafv2.ts';
import type { TypeKeyOf } from '../../../../contract/catalogue/native-service.ts';
import { defineService, type Listing } from '../listing.ts';
import { paginateBy } from '../paginate-by.ts';
import { asItems, type Items, walkPages } from '../rows.ts';

/** CloudFront's are shown by this region alone, whatever else is asked for. */
const regionOfCloudFront = 'us-east-1';

interface Input {
  readonly Scope: Scope;
  readonly Limit: number;
  readonly NextMarker?: string;
}

interface Page {
  readonly NextMarker?: string | undefined;
}

type Send<Answer> = (client: WAFV2Client, input: Input, options: { abortSignal: AbortSignal }) => Promise<Answer>;

const bothScopes = <const Key extends TypeKeyOf<typeof catalogue>, Answer extends Page>(
  type: Key,
  send: Send<Answer>,
  items: (page: Answer) => Items,
): Listing<WAFV2Client, Key> => ({
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    const scopes: Scope[] = ['REGIONAL'];
    if ((await client.config.region()) === regionOfCloudFront) scopes.push('CLOUDFRONT');
    for (const Scope of scopes) {
      const row = { paginate: paginateBy('NextMarker', send), input: { Scope, Limit: 100 } as Input };
      for await (const page of walkPages(client, row, abortSignal)) yield { type, items: asItems(items(page)) };
    }
  },
});

export const wafv2 = defineService(catalogue, configuration => new WAFV2Client(configuration), [
  bothScopes(
    'wafv2.web-acl',
    (client, input, options) => client.send(new ListWebACLsCommand(input), options),
    page => page.WebACLs,
  ),
  bothScopes(
    'wafv2.rule-group',
    (client, input, options) => client.send(new ListRuleGroupsCommand(input), options),
    page => page.RuleGroups,
  ),
  bothScopes(
    'wafv2.ip-set',
    (client, input, options) => client.send(new ListIPSetsCommand(input), options),
    page => page.IPSets,
  ),
  bothScopes(
    'wafv2.regex-pattern-set',
    (client, input, options) => client.send(new ListRegexPatternSetsCommand(input), options),
    page => page.RegexPatternSets,
  ),
]);
