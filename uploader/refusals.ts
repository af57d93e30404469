// What S3 said to a report → an error of the catalogue: who can mend it, or that a retry may. Pure.
import { type AwsErrorFacts, connectionRemedy, isMisconfigured } from '../clients/aws/errors.ts';
import type { BucketPlace } from '../clients/aws/s3.ts';
import type { ErrorCode } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';

const codeOf = (facts: AwsErrorFacts): ErrorCode => {
  if (isMisconfigured(facts)) return 'settings-invalid';
  switch (facts.kind) {
    case 'throttled':
    case 'unavailable':
    case 'not-in-region':
      return 'upload-unavailable';
    case 'no-credentials':
    case 'credentials-expired':
      return 'no-credentials';
    default:
      return 'upload-refused';
  }
};

const remedyOf = (facts: AwsErrorFacts, bucket: BucketPlace): string | undefined => {
  if (facts.code === 'NoSuchBucket') return 'Create the bucket, or correct its name in reports.bucket.';
  if (facts.byServiceControlPolicy) return 'Let the Organization’s service control policy allow s3:PutObject here.';
  if (/\bkms\b/i.test(`${facts.code} ${facts.message}`)) {
    return 'Allow the runner role kms:GenerateDataKey and kms:Decrypt on the bucket’s KMS key, and enable that key.';
  }
  if (facts.kind === 'denied' && bucket.owner !== undefined) {
    return `Allow the runner role s3:PutObject on the prefix, and check that account ${bucket.owner} owns the bucket.`;
  }
  return undefined;
};

/** Throws nothing; the result is upload-refused, upload-unavailable, settings-invalid or no-credentials. */
export const explainUpload = (facts: AwsErrorFacts, bucket: BucketPlace, key: string): InventoryError => {
  const code = codeOf(facts);
  const said = facts.message === '' ? facts.code : `${facts.code}: ${facts.message}`;
  const remedy = code === 'upload-refused' ? remedyOf(facts, bucket) : connectionRemedy(facts);
  return new InventoryError(code, `s3://${bucket.name}/${key} was not written: ${said}`, { remedy });
};
