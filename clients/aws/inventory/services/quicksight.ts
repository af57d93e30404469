// QuickSight: what is shown, what it is made from, and where that comes from.
import {
  type AnalysisSummary,
  paginateListAnalyses,
  paginateListDashboards,
  paginateListDataSets,
  paginateListDataSources,
  paginateListFolders,
  paginateListTemplates,
  paginateListThemes,
  paginateListTopics,
  paginateListVPCConnections,
  QuickSightClient,
} from '@aws-sdk/client-quicksight';
import { quicksight as catalogue } from '../../../../contract/catalogue/native/quicksight.ts';
import { accountPages } from '../account-pages.ts';
import { defineService } from '../listing.ts';
import { type Items, type Paginate, paged } from '../rows.ts';

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<QuickSightClient, Input, Page>,
  items: (page: Page) => Items,
) => {
  const input = {} as Omit<Input, 'AwsAccountId'>;
  return paged(type, { paginate: accountPages('AwsAccountId', paginate), input }, items);
};

/** A deleted analysis is listed for as long as it may be restored. */
const isKept = ({ Status }: AnalysisSummary): boolean => Status !== 'DELETED';

export const quicksight = defineService(catalogue, configuration => new QuickSightClient(configuration), [
  row('quicksight.dashboard', paginateListDashboards, page => page.DashboardSummaryList),
  row('quicksight.analysis', paginateListAnalyses, page => page.AnalysisSummaryList?.filter(isKept)),
  row('quicksight.data-set', paginateListDataSets, page => page.DataSetSummaries),
  row('quicksight.data-source', paginateListDataSources, page => page.DataSources),
  row('quicksight.folder', paginateListFolders, page => page.FolderSummaryList),
  row('quicksight.template', paginateListTemplates, page => page.TemplateSummaryList),
  paged(
    'quicksight.theme',
    // The others are AWS's own, the same everywhere.
    { paginate: accountPages('AwsAccountId', paginateListThemes), input: { Type: 'CUSTOM' as const } },
    page => page.ThemeSummaryList,
  ),
  row('quicksight.topic', paginateListTopics, page => page.TopicsSummaries),
  row('quicksight.vpc-connection', paginateListVPCConnections, page => page.VPCConnectionSummaries),
]);
