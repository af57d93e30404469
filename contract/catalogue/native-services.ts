// Every service that is listed by calls of its own, and its types: one file each in native/.
import { accessanalyzer } from './native/accessanalyzer.ts';
import { acm } from './native/acm.ts';
import { amplify } from './native/amplify.ts';
import { apigateway } from './native/apigateway.ts';
import { apigatewayv2 } from './native/apigatewayv2.ts';
import { appconfig } from './native/appconfig.ts';
import { appmesh } from './native/appmesh.ts';
import { apprunner } from './native/apprunner.ts';
import { appstream } from './native/appstream.ts';
import { appsync } from './native/appsync.ts';
import { athena } from './native/athena.ts';
import { autoscaling } from './native/autoscaling.ts';
import { backup } from './native/backup.ts';
import { batch } from './native/batch.ts';
import { budgets } from './native/budgets.ts';
import { cloudformation } from './native/cloudformation.ts';
import { cloudfront } from './native/cloudfront.ts';
import { cloudtrail } from './native/cloudtrail.ts';
import { cloudwatch } from './native/cloudwatch.ts';
import { cloudwatchDashboards } from './native/cloudwatch-dashboards.ts';
import { codeartifact } from './native/codeartifact.ts';
import { codebuild } from './native/codebuild.ts';
import { codecommit } from './native/codecommit.ts';
import { codedeploy } from './native/codedeploy.ts';
import { codepipeline } from './native/codepipeline.ts';
import { cognitoIdentity } from './native/cognito-identity.ts';
import { cognitoIdp } from './native/cognito-idp.ts';
import { config } from './native/config.ts';
import { datasync } from './native/datasync.ts';
import { dax } from './native/dax.ts';
import { directconnect } from './native/directconnect.ts';
import { directconnectGateways } from './native/directconnect-gateways.ts';
import { dlm } from './native/dlm.ts';
import { dms } from './native/dms.ts';
import { ds } from './native/ds.ts';
import { dynamodb } from './native/dynamodb.ts';
import { ec2 } from './native/ec2.ts';
import { ecr } from './native/ecr.ts';
import { ecs } from './native/ecs.ts';
import { efs } from './native/efs.ts';
import { eks } from './native/eks.ts';
import { elasticache } from './native/elasticache.ts';
import { elasticbeanstalk } from './native/elasticbeanstalk.ts';
import { elb } from './native/elb.ts';
import { elbv2 } from './native/elbv2.ts';
import { emr } from './native/emr.ts';
import { emrServerless } from './native/emr-serverless.ts';
import { events } from './native/events.ts';
import { firehose } from './native/firehose.ts';
import { fsx } from './native/fsx.ts';
import { glacier } from './native/glacier.ts';
import { globalaccelerator } from './native/globalaccelerator.ts';
import { glue } from './native/glue.ts';
import { guardduty } from './native/guardduty.ts';
import { iam } from './native/iam.ts';
import { imagebuilder } from './native/imagebuilder.ts';
import { inspector2 } from './native/inspector2.ts';
import { iot } from './native/iot.ts';
import { kafka } from './native/kafka.ts';
import { kinesis } from './native/kinesis.ts';
import { kinesisanalytics } from './native/kinesisanalytics.ts';
import { kms } from './native/kms.ts';
import { lakeformation } from './native/lakeformation.ts';
import { lambda } from './native/lambda.ts';
import { lightsail } from './native/lightsail.ts';
import { logs } from './native/logs.ts';
import { macie2 } from './native/macie2.ts';
import { mediaconvert } from './native/mediaconvert.ts';
import { medialive } from './native/medialive.ts';
import { memorydb } from './native/memorydb.ts';
import { mq } from './native/mq.ts';
import { networkFirewall } from './native/network-firewall.ts';
import { opensearch } from './native/opensearch.ts';
import { organizations } from './native/organizations.ts';
import { pipes } from './native/pipes.ts';
import { quicksight } from './native/quicksight.ts';
import { ram } from './native/ram.ts';
import { rds } from './native/rds.ts';
import { redshift } from './native/redshift.ts';
import { redshiftServerless } from './native/redshift-serverless.ts';
import { resourceExplorer2 } from './native/resource-explorer-2.ts';
import { resourceGroups } from './native/resource-groups.ts';
import { route53 } from './native/route53.ts';
import { route53domains } from './native/route53domains.ts';
import { s3 } from './native/s3.ts';
import { s3control } from './native/s3control.ts';
import { sagemaker } from './native/sagemaker.ts';
import { scheduler } from './native/scheduler.ts';
import { secretsmanager } from './native/secretsmanager.ts';
import { securityhub } from './native/securityhub.ts';
import { servicecatalog } from './native/servicecatalog.ts';
import { servicediscovery } from './native/servicediscovery.ts';
import { ses } from './native/ses.ts';
import { shield } from './native/shield.ts';
import { signer } from './native/signer.ts';
import { sns } from './native/sns.ts';
import { sqs } from './native/sqs.ts';
import { ssm } from './native/ssm.ts';
import { sso } from './native/sso.ts';
import { states } from './native/states.ts';
import { storagegateway } from './native/storagegateway.ts';
import { transfer } from './native/transfer.ts';
import { wafv2 } from './native/wafv2.ts';
import { workspaces } from './native/workspaces.ts';
import { xray } from './native/xray.ts';
import type { NativeService } from './native-service.ts';

export const nativeServices: readonly NativeService[] = [
  accessanalyzer,
  acm,
  amplify,
  apigateway,
  apigatewayv2,
  appconfig,
  appmesh,
  apprunner,
  appstream,
  appsync,
  athena,
  autoscaling,
  backup,
  batch,
  budgets,
  cloudformation,
  cloudfront,
  cloudtrail,
  cloudwatch,
  cloudwatchDashboards,
  codeartifact,
  codebuild,
  codecommit,
  codedeploy,
  codepipeline,
  cognitoIdentity,
  cognitoIdp,
  config,
  datasync,
  dax,
  directconnect,
  directconnectGateways,
  dlm,
  dms,
  ds,
  dynamodb,
  ec2,
  ecr,
  ecs,
  efs,
  eks,
  elasticache,
  elasticbeanstalk,
  elb,
  elbv2,
  emr,
  emrServerless,
  events,
  firehose,
  fsx,
  glacier,
  globalaccelerator,
  glue,
  guardduty,
  iam,
  imagebuilder,
  inspector2,
  iot,
  kafka,
  kinesis,
  kinesisanalytics,
  kms,
  lakeformation,
  lambda,
  lightsail,
  logs,
  macie2,
  mediaconvert,
  medialive,
  memorydb,
  mq,
  networkFirewall,
  opensearch,
  organizations,
  pipes,
  quicksight,
  ram,
  rds,
  redshift,
  redshiftServerless,
  resourceExplorer2,
  resourceGroups,
  route53,
  route53domains,
  s3,
  s3control,
  sagemaker,
  scheduler,
  secretsmanager,
  securityhub,
  servicecatalog,
  servicediscovery,
  ses,
  shield,
  signer,
  sns,
  sqs,
  ssm,
  sso,
  states,
  storagegateway,
  transfer,
  wafv2,
  workspaces,
  xray,
];
