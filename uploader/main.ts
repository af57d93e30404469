// Last container of a runner Job: sends the reports to the bucket, and gives the exit code of the pod.
import { readAwsConnection } from '../clients/aws/connection.ts';
import { closeBucket, openBucket } from '../clients/aws/s3.ts';
import { runContainerProgram } from '../clients/container-program.ts';
import { uploadEnvironmentSchema } from '../contract/container-environment/upload.ts';
import { uploadReports } from './upload-reports.ts';

const exitCode = await runContainerProgram({
  name: 'upload',
  environment: process.env,
  schema: uploadEnvironmentSchema,
  body: async ({ facts, environment, log, signal }) => {
    const bucket = openBucket(readAwsConnection(environment, facts.AWS_REGION), {
      name: facts.INVENTORY_BUCKET,
      owner: facts.INVENTORY_BUCKET_OWNER,
      kmsKey: facts.INVENTORY_KMS_KEY,
    });
    try {
      return await uploadReports({
        bucket,
        place: {
          prefix: facts.INVENTORY_PREFIX,
          otherPrefix: facts.INVENTORY_OTHER_PREFIX,
          date: facts.INVENTORY_DATE,
          accountId: facts.INVENTORY_ACCOUNT_ID,
        },
        run: facts.INVENTORY_RUN,
        directory: facts.INVENTORY_REPORTS_DIRECTORY,
        log,
        signal,
      });
    } finally {
      closeBucket(bucket);
    }
  },
});

// Not `process.exitCode`: a credential_process that hangs would keep this process waiting for it.
process.exit(exitCode);
