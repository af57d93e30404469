// The services that answer what drift asks, each loaded when it is first asked.
import type { DetailService } from './detail-service.ts';

/** SDK clients take long to load, and most accounts need few of them. */
const loaders: Readonly<Record<string, () => Promise<DetailService>>> = {
  cloudtrail: () => import('./services/cloudtrail.ts').then(({ cloudtrail }) => cloudtrail),
  cloudwatch: () => import('./services/cloudwatch.ts').then(({ cloudwatch }) => cloudwatch),
  dynamodb: () => import('./services/dynamodb.ts').then(({ dynamodb }) => dynamodb),
  ec2: () => import('./services/ec2.ts').then(({ ec2 }) => ec2),
  ecr: () => import('./services/ecr.ts').then(({ ecr }) => ecr),
  elbv2: () => import('./services/elbv2.ts').then(({ elbv2 }) => elbv2),
  iam: () => import('./services/iam.ts').then(({ iam }) => iam),
  kms: () => import('./services/kms.ts').then(({ kms }) => kms),
  lambda: () => import('./services/lambda.ts').then(({ lambda }) => lambda),
  logs: () => import('./services/logs.ts').then(({ logs }) => logs),
  s3: () => import('./services/s3.ts').then(({ s3 }) => s3),
  secretsmanager: () => import('./services/secretsmanager.ts').then(({ secretsmanager }) => secretsmanager),
  sns: () => import('./services/sns.ts').then(({ sns }) => sns),
  sqs: () => import('./services/sqs.ts').then(({ sqs }) => sqs),
  ssm: () => import('./services/ssm.ts').then(({ ssm }) => ssm),
};

/** Keys of the services; a test compares them with the questions'. */
export const detailServiceKeys: readonly string[] = Object.keys(loaders);

/** Throws a TypeError for a key that is none. */
export const detailService = (key: string): Promise<DetailService> => {
  const load = loaders[key];
  if (load === undefined) throw new TypeError(`no service answers questions of ${key}`);
  return load();
};
