// GuardDuty: the detector of a region, and what lies below it, its lists and filters described one by one.
import {
  GetDetectorCommand,
  GetFilterCommand,
  GetIPSetCommand,
  GetThreatIntelSetCommand,
  GuardDutyClient,
  paginateListDetectors,
  paginateListFilters,
  paginateListIPSets,
  paginateListMembers,
  paginateListPublishingDestinations,
  paginateListThreatIntelSets,
} from '@aws-sdk/client-guardduty';
import { guardduty as catalogue } from '../../../../contract/catalogue/native/guardduty.ts';
import { answerMembers } from '../answer-members.ts';
import { described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { asItems, type Items, type Paginate, walkPages } from '../rows.ts';

const pageSize = 50;

const detectorIds = async function* (client: GuardDutyClient, abortSignal: AbortSignal): AsyncGenerator<string[]> {
  const row = { paginate: paginateListDetectors, input: {}, pageSize };
  for await (const page of walkPages(client, row, abortSignal)) yield page.DetectorIds ?? [];
};

interface Below {
  readonly DetectorId: string;
}

type DescribeMember<Item extends object> = (
  client: GuardDutyClient,
  item: Item,
  options: { abortSignal: AbortSignal },
) => Promise<object>;

interface NamedRow<Input extends Below, Page, Item extends object> {
  readonly paginate: Paginate<GuardDutyClient, Input, Page>;
  readonly names: (page: Page, below: Below) => readonly Item[] | undefined;
  readonly describe: DescribeMember<Item>;
}

/** What is listed below a detector by its name alone. */
const named = <const Key extends string, Input extends Below, Page, Item extends object>(
  type: Key,
  { paginate, names, describe }: NamedRow<Input, Page, Item>,
): Listing<GuardDutyClient, Key> =>
  described({
    type,
    names: async function* pages(client: GuardDutyClient, abortSignal) {
      for await (const ids of detectorIds(client, abortSignal)) {
        for (const DetectorId of ids) {
          const row = { paginate, input: { DetectorId } as Input, pageSize };
          for await (const page of walkPages(client, row, abortSignal)) yield asItems(names(page, { DetectorId }));
        }
      }
    },
    batch: 1,
    describe: describeOne(async (client, { fields }, abortSignal): Promise<ListedItem> => {
      const answer = await describe(client, fields as Item, { abortSignal });
      return { fields: { ...fields, ...answerMembers(answer) } };
    }),
    // GuardDuty says of what is gone no more than that the request was bad.
    gone: [],
  });

/** What is listed whole below a detector. */
const whole = <const Key extends string, Input extends Below, Page>(
  type: Key,
  paginate: Paginate<GuardDutyClient, Input, Page>,
  items: (page: Page, below: Below) => Items,
): Listing<GuardDutyClient, Key> =>
  nested({
    type,
    parents: detectorIds,
    children: async function* children(client, DetectorId, abortSignal) {
      const row = { paginate, input: { DetectorId } as Input, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) yield items(page, { DetectorId });
    },
    gone: [],
  });

const detectors = described({
  type: 'guardduty.detector',
  names: async function* names(client: GuardDutyClient, abortSignal) {
    for await (const ids of detectorIds(client, abortSignal)) yield asItems(ids.map(DetectorId => ({ DetectorId })));
  },
  batch: 1,
  describe: describeOne(async (client, { fields }, abortSignal) => {
    const command = new GetDetectorCommand(fields as Below);
    return { fields: { ...fields, ...answerMembers(await client.send(command, { abortSignal })) } };
  }),
  gone: [],
});

export const guardduty = defineService(catalogue, configuration => new GuardDutyClient(configuration), [
  detectors,
  named('guardduty.filter', {
    paginate: paginateListFilters,
    names: (page, { DetectorId }) => page.FilterNames?.map(Name => ({ DetectorId, Name })),
    describe: (client, { DetectorId, Name }, options) =>
      client.send(new GetFilterCommand({ DetectorId, FilterName: Name }), options),
  }),
  named('guardduty.ip-set', {
    paginate: paginateListIPSets,
    names: (page, { DetectorId }) => page.IpSetIds?.map(IpSetId => ({ DetectorId, IpSetId })),
    describe: (client, item, options) => client.send(new GetIPSetCommand(item), options),
  }),
  named('guardduty.threat-intel-set', {
    paginate: paginateListThreatIntelSets,
    names: (page, { DetectorId }) =>
      page.ThreatIntelSetIds?.map(ThreatIntelSetId => ({ DetectorId, ThreatIntelSetId })),
    describe: (client, item, options) => client.send(new GetThreatIntelSetCommand(item), options),
  }),
  whole('guardduty.publishing-destination', paginateListPublishingDestinations, (page, { DetectorId }) =>
    page.Destinations?.map(destination => ({ ...destination, DetectorId })),
  ),
  // A member's own detector has another id, which its DetectorId is.
  whole('guardduty.member', paginateListMembers, (page, { DetectorId }) =>
    page.Members?.map(member => ({ ...member, AdministratorDetectorId: DetectorId })),
  ),
]);
