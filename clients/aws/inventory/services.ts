// All services that are listed natively, in the catalogue's words; a test compares both.
import type { ServiceKey } from '../../../contract/catalogue/services.ts';
import { cloudformation } from './cloudformation.ts';
import { dynamodb } from './dynamodb.ts';
import { ec2 } from './ec2.ts';
import { ecs } from './ecs.ts';
import { iam } from './iam.ts';
import { kms } from './kms.ts';
import { lambda } from './lambda.ts';
import type { ServiceListing } from './listing.ts';
import { logs } from './logs.ts';
import { rds } from './rds.ts';
import { s3 } from './s3.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';

const listings = { s3, iam, ec2, lambda, dynamodb, sqs, sns, kms, rds, ecs, cloudformation, logs };

export const serviceListing = (service: ServiceKey): ServiceListing => listings[service];
