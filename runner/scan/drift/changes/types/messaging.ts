// Compared by attribute: queues, topics, and the names and edges that lead to them.
import { isMembers } from '../../members.ts';
import { asked, type ComparedType, compared, each, listedMember, mapped, type Read, told } from '../comparison.ts';
import { dnsName, flag, json, number, text, textSet } from '../forms.ts';
import { policy } from '../policy-form.ts';

const attribute = (name: string): Read => asked(`Attributes.${name}`);
/** Left out where it is not set. */
const optional = (name: string): Read => asked(`Attributes.${name}`, null);

const queue: ComparedType = {
  types: ['aws_sqs_queue'],
  tags: 'asked',
  comparisons: [
    ...each(number, attribute, {
      visibility_timeout_seconds: 'VisibilityTimeout',
      message_retention_seconds: 'MessageRetentionPeriod',
      max_message_size: 'MaximumMessageSize',
      delay_seconds: 'DelaySeconds',
      receive_wait_time_seconds: 'ReceiveMessageWaitTimeSeconds',
      kms_data_key_reuse_period_seconds: 'KmsDataKeyReusePeriodSeconds',
    }),
    compared('policy', policy, optional('Policy')),
    compared('redrive_policy', json, optional('RedrivePolicy')),
    compared('redrive_allow_policy', json, optional('RedriveAllowPolicy')),
    compared('kms_master_key_id', text, optional('KmsMasterKeyId'), { empty: null }),
    compared('sqs_managed_sse_enabled', flag, attribute('SqsManagedSseEnabled')),
    compared('content_based_deduplication', flag, attribute('ContentBasedDeduplication')),
    ...each(text, attribute, {
      deduplication_scope: 'DeduplicationScope',
      fifo_throughput_limit: 'FifoThroughputLimit',
    }),
  ],
};

const topic: ComparedType = {
  types: ['aws_sns_topic'],
  tags: 'asked',
  comparisons: [
    compared('display_name', text, optional('DisplayName'), { empty: null }),
    compared('policy', policy, optional('Policy')),
    compared('delivery_policy', json, optional('DeliveryPolicy'), { empty: null }),
    compared('kms_master_key_id', text, optional('KmsMasterKeyId'), { empty: null }),
    compared('content_based_deduplication', flag, attribute('ContentBasedDeduplication')),
  ],
};

/** TXT records are quoted at AWS alone. */
const unquoted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(each => String(each).replace(/^"(.*)"$/s, '$1')) : value;

const isAlias: Read = ({ description }) => isMembers(listedMember(description, 'AliasTarget'));

export const messagingTypes: readonly ComparedType[] = [
  queue,
  { types: ['aws_sqs_queue_policy'], comparisons: [compared('policy', policy, optional('Policy'))] },
  {
    types: ['aws_sqs_queue_redrive_policy'],
    comparisons: [compared('redrive_policy', json, optional('RedrivePolicy'))],
  },
  topic,
  { types: ['aws_sns_topic_policy'], comparisons: [compared('policy', policy, optional('Policy'))] },
  {
    types: ['aws_route53_record'],
    witness: 'RecordSetId',
    comparisons: [
      compared('ttl', number, told('TTL', null), { when: facts => isAlias(facts) === false }),
      compared(
        'records',
        { canonical: value => textSet.canonical(unquoted(value)) },
        told('ResourceRecords[].Value', []),
      ),
      compared('alias.0.name', dnsName, told('AliasTarget.DNSName', null)),
      compared('alias.0.zone_id', text, told('AliasTarget.HostedZoneId', null)),
      compared('alias.0.evaluate_target_health', flag, told('AliasTarget.EvaluateTargetHealth', false)),
    ],
  },
  {
    types: ['aws_route53_zone'],
    witness: 'HostedZoneId',
    comparisons: [compared('comment', text, told('Config.Comment', null))],
  },
  {
    types: ['aws_cloudfront_distribution'],
    witness: 'DomainName',
    comparisons: [
      compared('enabled', flag, told('Enabled')),
      compared('is_ipv6_enabled', flag, told('IsIPV6Enabled')),
      ...each(text, told, { comment: 'Comment', price_class: 'PriceClass', web_acl_id: 'WebACLId' }),
      compared('http_version', { canonical: value => String(value).toLowerCase() }, told('HttpVersion')),
      compared('aliases', textSet, told('Aliases.Items', []), { empty: [] }),
      compared(
        'viewer_certificate.0.minimum_protocol_version',
        text,
        mapped(told('ViewerCertificate'), certificate =>
          isMembers(certificate) ? listedMember(certificate, 'MinimumProtocolVersion') : undefined,
        ),
      ),
    ],
  },
];
