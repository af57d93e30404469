// CodeBuild: its types, as data.
import { nativeService } from '../native-service.ts';

export const codebuild = nativeService({
  key: 'codebuild',
  reconName: 'CodeBuild',
  namespaces: ['CodeBuild'],
  scope: 'regional',
  types: [
    {
      key: 'codebuild.project',
      reconType: 'project',
      cloudFormationType: 'AWS::CodeBuild::Project',
      identifier: '{name}',
      arn: 'arn:{partition}:codebuild:{region}:{account}:project/{name}',
      actions: ['codebuild:ListProjects', 'codebuild:BatchGetProjects'],
    },
    {
      key: 'codebuild.report-group',
      reconType: 'report_group',
      cloudFormationType: 'AWS::CodeBuild::ReportGroup',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'report-group/',
      actions: ['codebuild:ListReportGroups', 'codebuild:BatchGetReportGroups'],
    },
    {
      key: 'codebuild.fleet',
      reconType: 'fleet',
      cloudFormationType: 'AWS::CodeBuild::Fleet',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'fleet/',
      actions: ['codebuild:ListFleets', 'codebuild:BatchGetFleets'],
    },
    {
      key: 'codebuild.source-credential',
      reconType: 'source_credential',
      cloudFormationType: 'AWS::CodeBuild::SourceCredential',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'token/',
      actions: ['codebuild:ListSourceCredentials'],
    },
  ],
});
