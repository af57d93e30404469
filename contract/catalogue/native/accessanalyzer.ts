// IAM Access Analyzer: its types, as data.
import { nativeService } from '../native-service.ts';

export const accessanalyzer = nativeService({
  key: 'accessanalyzer',
  reconName: 'AccessAnalyzer',
  namespaces: ['AccessAnalyzer'],
  scope: 'regional',
  arnService: 'access-analyzer',
  types: [
    {
      key: 'accessanalyzer.analyzer',
      reconType: 'analyzer',
      cloudFormationType: 'AWS::AccessAnalyzer::Analyzer',
      identifier: '{arn}',
      arn: 'arn:{partition}:access-analyzer:{region}:{account}:analyzer/{name}',
      actions: ['access-analyzer:ListAnalyzers'],
    },
    {
      key: 'accessanalyzer.archive-rule',
      reconType: 'archive_rule',
      cloudFormationType: 'AWS::AccessAnalyzer::ArchiveRule',
      identifier: '{arn}',
      arn: 'arn:{partition}:access-analyzer:{region}:{account}:analyzer/{analyzer_name}/archive-rule/{rule_name}',
      actions: ['access-analyzer:ListAnalyzers', 'access-analyzer:ListArchiveRules'],
    },
  ],
});
