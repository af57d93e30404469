// IAM Access Analyzer: analyzers, and the archive rules of each.
import { AccessAnalyzerClient, paginateListAnalyzers, paginateListArchiveRules } from '@aws-sdk/client-accessanalyzer';
import { accessanalyzer as catalogue } from '../../../../contract/catalogue/native/accessanalyzer.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

const analyzerPages = { paginate: paginateListAnalyzers, input: {} };

export const accessanalyzer = defineService(catalogue, configuration => new AccessAnalyzerClient(configuration), [
  paged('accessanalyzer.analyzer', analyzerPages, page => page.analyzers),
  nested({
    type: 'accessanalyzer.archive-rule',
    parents: async function* parents(client: AccessAnalyzerClient, abortSignal) {
      for await (const page of walkPages(client, analyzerPages, abortSignal)) yield page.analyzers;
    },
    children: async function* children(client, { name: analyzerName }, abortSignal) {
      const row = { paginate: paginateListArchiveRules, input: { analyzerName } };
      for await (const page of walkPages(client, row, abortSignal)) {
        yield page.archiveRules?.map(rule => ({ ...rule, analyzerName }));
      }
    },
    gone: ['ResourceNotFoundException'],
  }),
]);
