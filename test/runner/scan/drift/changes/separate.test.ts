// Attributes that a whole shares with resources of their own.
import { describe, expect, it } from 'vitest';
import { comparedAttributes } from '../../../../../runner/scan/drift/changes/compare.ts';
import { separatelyDeclared, separatingAttributes } from '../../../../../runner/scan/drift/changes/separate.ts';
import { declaredSample } from './found-sample.ts';

const declare = (type: string, state: Readonly<Record<string, unknown>>, id = 'x') =>
  declaredSample({ type, state }, { id });
const whole = (type: string, id: string) => declare(type, {}, id);

describe('what separate declarations stand for', () => {
  it.each([
    [
      'aws_security_group_rule',
      { type: 'ingress', security_group_id: 'sg-1' },
      'aws_security_group',
      'sg-1',
      ['ingress'],
    ],
    [
      'aws_security_group_rule',
      { type: 'egress', security_group_id: 'sg-1' },
      'aws_default_security_group',
      'sg-1',
      ['egress'],
    ],
    ['aws_vpc_security_group_ingress_rule', { security_group_id: 'sg-1' }, 'aws_security_group', 'sg-1', ['ingress']],
    ['aws_s3_bucket_policy', { bucket: 'b' }, 'aws_s3_bucket', 'b', ['policy']],
    ['aws_iam_role_policy_attachment', { role: 'r' }, 'aws_iam_role', 'r', ['managed_policy_arns']],
    ['aws_iam_policy_attachment', { roles: ['q', 'r'] }, 'aws_iam_role', 'r', ['managed_policy_arns']],
    ['aws_sqs_queue_policy', { queue_url: 'https://q' }, 'aws_sqs_queue', 'https://q', ['policy']],
    ['aws_route', { route_table_id: 'rtb-1' }, 'aws_route_table', 'rtb-1', ['route']],
  ])('is, of %s %j, told of %s %s', (type, state, wholeType, id, attributes) => {
    const separate = separatelyDeclared([declare(type, state)]);
    expect([...separate(whole(wholeType, id))]).toEqual(attributes);
    expect([...separate(whole(wholeType, 'another'))]).toEqual([]);
    expect([...comparedAttributes(type)]).toEqual(expect.arrayContaining(Object.keys(state)));
  });

  it('is what an attachment adds to the first interface of an instance', () => {
    const separate = separatelyDeclared([
      declare('aws_network_interface_sg_attachment', { network_interface_id: 'eni-1' }),
    ]);
    const instance = declare('aws_instance', { primary_network_interface_id: 'eni-1' }, 'i-1');
    expect(separate(instance).has('vpc_security_group_ids')).toBe(true);
    expect(separate(whole('aws_instance', 'i-2')).size).toBe(0);
  });

  it('is the capacity of a table that is scaled', () => {
    const separate = separatelyDeclared([declare('aws_appautoscaling_target', { resource_id: 'table/t' })]);
    expect([...separate(whole('aws_dynamodb_table', 't'))]).toEqual(['read_capacity', 'write_capacity']);
  });

  it('gathers from several', () => {
    const separate = separatelyDeclared([
      declare('aws_s3_bucket_policy', { bucket: 'b' }),
      declare('aws_s3_bucket_versioning', { bucket: 'b' }),
      declare('aws_s3_bucket_versioning', { bucket: null }),
      declare('aws_instance', { bucket: 'b' }),
    ]);
    expect([...separate(whole('aws_s3_bucket', 'b'))].sort()).toEqual(['policy', 'versioning']);
  });

  it('needs no attribute of other types', () => {
    expect(separatingAttributes('aws_vpc')).toEqual([]);
  });
});
