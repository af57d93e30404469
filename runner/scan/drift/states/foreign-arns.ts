// Beside an instance's place: the types whose ARN is no word on the account in which they lie. Data, read by hand.

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Of these `arn`, or an `id` that is one, names the account of somebody else: the topic's, the share's, the target's. The
 * attribute that names their own; null where a state has none.
 */
export const accountAttributes: ReadonlyMap<string, string | null> = new Map([
  ['aws_sns_topic_subscription', 'owner_id'],
  ['aws_ram_resource_share_accepter', 'receiver_account_id'],
  ['aws_macie2_member', 'administrator_account_id'],
  // A repository's ARN has the owner of its domain.
  ['aws_codeartifact_repository', 'administrator_account'],
  ['aws_codeartifact_repository_permissions_policy', null],
  ['aws_detective_invitation_accepter', null],
  ['aws_licensemanager_grant_accepter', null],
  ['aws_cloudwatch_event_target', null],
  // A shared mesh belongs to one account, and what others put into it to them.
  ...['mesh', 'virtual_node', 'virtual_router', 'virtual_service', 'virtual_gateway', 'route', 'gateway_route'].map(
    (kind): [string, string] => [`aws_appmesh_${kind}`, 'resource_owner'],
  ),
]);

/** Of these the ARN is that of another resource altogether, which may lie in another region too. */
export const ofAnotherResource: ReadonlySet<string> = new Set(['aws_cloudwatch_event_target']);

/** Made through the Organization's administrators, or on another account's key, authority or stream. */
const elsewhereForm =
  /^aws_(organizations_|cloudformation_stack_set|ssoadmin_|identitystore_|kms_grant$|acmpca_certificate$|kinesis_stream_consumer$)/;

/**
 * Whether a resource that lies in another account says nothing of the resources beside it: a delegated administrator makes
 * them in the management account with the credentials of its own.
 */
export const isMadeFromAfar = (type: string, attributes: Attributes): boolean =>
  elsewhereForm.test(type) || (type === 'aws_cloudtrail' && attributes['is_organization_trail'] === true);
