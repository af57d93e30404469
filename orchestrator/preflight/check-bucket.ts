// The bucket before any run: is it there, whose is it, does it keep versions, would it take a report. Pure, from what was seen.
import type { BucketFacts, Seen } from '../../clients/aws/bucket-facts.ts';
import { type Check, failed, notChecked, passed, warned } from '../../contract/preflight.ts';

interface Question<Value> {
  readonly check: string;
  readonly right: string;
  readonly judge: (value: Value, facts: { about: 'bucket'; subject: string; check: string }) => Check;
}

const ask = <Value>(subject: string, seen: Seen<Value>, { check, right, judge }: Question<Value>): Check => {
  const facts = { about: 'bucket' as const, subject, check };
  if ('value' in seen) return judge(seen.value, facts);
  const { kind, code, message } = seen.refused;
  if (code === 'NoSuchPublicAccessBlockConfiguration')
    return warned(facts, 'public access is not blocked', 'Block public access of the bucket.');
  if (kind === 'denied') return notChecked(facts, `this identity may not ${right}`);
  return notChecked(facts, `S3 answered ${code}: ${message}`);
};

const grant =
  'Allow s3:PutObject on the prefix to the identity that uploads, in its role and, from another account, in the bucket policy too.';

const checkWriting = (subject: string, seen: BucketFacts['writable']): Check => {
  const facts = { about: 'bucket' as const, subject, check: 'write' };
  if ('value' in seen) return passed(facts, 'it would take a report; nothing was written');
  const { kind, code, message } = seen.refused;
  const error = { code: 'upload-refused' as const, message: `S3 answered ${code}: ${message}`, remedy: grant };
  return kind === 'denied' || kind === 'not-found' ? failed(facts, error) : notChecked(facts, error.message);
};

const checkExistence = (subject: string, seen: BucketFacts['region'], owner: string | undefined): Check => {
  const facts = { about: 'bucket' as const, subject, check: 'there' };
  if ('value' in seen) {
    return owner === undefined
      ? warned(
          facts,
          `in ${seen.value}; nobody says whose it is to be`,
          'Set reports.expectedOwner, so that S3 refuses a bucket of somebody else.',
        )
      : passed(facts, `in ${seen.value}, of ${owner}`);
  }
  if (seen.refused.code !== 'NoSuchBucket')
    return notChecked(facts, `S3 answered ${seen.refused.code}: ${seen.refused.message}`);
  return failed(facts, {
    code: 'upload-refused',
    message: `There is no bucket ${JSON.stringify(subject)}`,
    remedy: 'Make it with aws-inventory infrastructure apply, or correct reports.bucket.',
  });
};

/** `writes` says that the identity that was asked with is the one that a run would write with. */
export const checkBucket = (
  subject: string,
  seen: BucketFacts,
  { owner, writes }: { readonly owner: string | undefined; readonly writes: boolean },
): Check[] => {
  const there = checkExistence(subject, seen.region, owner);
  if (there.status === 'failed') return [there];
  return [
    there,
    writes
      ? checkWriting(subject, seen.writable)
      : notChecked({ about: 'bucket', subject, check: 'write' }, 'the runners write with an identity of their own'),
    ask(subject, seen.versioned, {
      check: 'versions',
      right: 's3:GetBucketVersioning',
      judge: (versioned, facts) =>
        versioned
          ? passed(facts, 'a second run of a day loses nothing')
          : warned(facts, 'a second run of a day overwrites its reports', 'Turn the versioning of the bucket on.'),
    }),
    ask(subject, seen.encryption, {
      check: 'encryption',
      right: 's3:GetEncryptionConfiguration',
      judge: (algorithm, facts) => passed(facts, algorithm),
    }),
    ask(subject, seen.publicAccessBlocked, {
      check: 'public access',
      right: 's3:GetBucketPublicAccessBlock',
      judge: (blocked, facts) =>
        blocked ? passed(facts, 'blocked') : warned(facts, 'not blocked', 'Block public access of the bucket.'),
    }),
  ];
};
