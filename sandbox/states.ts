// What Terraform knows of each account of the sandbox: most of what is there, not all, and not everything as it is now.
import type { AccountStates } from '../clients/simulator/organization.ts';
import { renderState, type TerraformResource } from '../clients/simulator/terraform-state.ts';

/** Of ten resources in a row: one was made by hand, one was changed by hand since. */
const madeByHand = 7;
const changedByHand = 3;

/** Attributes that people change by hand, with what the state still says. */
const formerly: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_sqs_queue: { visibility_timeout_seconds: 120 },
  aws_lambda_function: { memory_size: 512 },
  aws_security_group: { description: 'as it was rolled out' },
  aws_db_instance: { instance_class: 'db.t4g.small' },
  aws_kms_key: { description: 'as it was rolled out' },
  aws_iam_role: { max_session_duration: 7200 },
  aws_dynamodb_table: { billing_mode: 'PROVISIONED' },
  aws_ebs_volume: { size: 16 },
};

/** Deleted behind Terraform's back. */
const deletedQueue = (accountId: string, region: string): TerraformResource => {
  const name = 'dead-letters-deleted';
  const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
  const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
  return { type: 'aws_sqs_queue', name, region, attributes: { id: url, url, name, arn } };
};

/** States by region, as teams keep them; the global ones with the first. */
export const planStates = (resources: readonly TerraformResource[], accountId: string): AccountStates => {
  const kept = resources
    .filter((_, at) => at % 10 !== madeByHand)
    .map((resource, at) =>
      at % 10 === changedByHand
        ? { ...resource, attributes: { ...resource.attributes, ...formerly[resource.type] } }
        : resource,
    );
  const byRegion = Map.groupBy(kept, ({ region }) => region);
  return new Map(
    [...byRegion].map(([region, those], at) => {
      const missing = at === 0 ? [deletedQueue(accountId, region)] : [];
      return [`${region}.tfstate`, renderState([...those, ...missing], `${accountId}-${region}`)];
    }),
  );
};
