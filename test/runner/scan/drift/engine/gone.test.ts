import { describe, expect, it } from 'vitest';
import { isGone } from '../../../../../runner/scan/drift/engine/gone.ts';
import { identify } from '../../../../../runner/scan/drift/engine/identity.ts';
import { recordOf } from './join-fixture.ts';

describe('a resource that its API still describes', () => {
  it.each<[string, object]>([
    ['AWS::EC2::Instance', { state: { code: 48, name: 'terminated' } }],
    ['AWS::EC2::NatGateway', { state: 'deleted' }],
    ['AWS::EC2::NatGateway', { state: 'failed' }],
    ['AWS::EC2::VPCPeeringConnection', { status: { code: 'rejected', message: 'no' } }],
    ['AWS::EC2::VPCPeeringConnection', { status: { code: 'expired' } }],
    ['AWS::EC2::VPNConnection', { state: 'deleted' }],
    ['AWS::EC2::TransitGateway', { state: 'deleted' }],
    ['AWS::EC2::VPCEndpoint', { state: 'Deleted' }],
    ['AWS::KMS::Key', { key_state: 'PendingDeletion' }],
    ['AWS::EMR::Cluster', { status: { state: 'TERMINATED_WITH_ERRORS' } }],
    ['AWS::ECS::Cluster', { status: 'INACTIVE' }],
  ])('is no more: %s with %j', (type, members) => {
    expect(isGone(type, members as Record<string, unknown>)).toBe(true);
    expect(identify(recordOf(type, 'x', { resource: members }))).toBeUndefined();
  });

  it.each<[string, object]>([
    ['AWS::EC2::Instance', { state: { code: 16, name: 'running' } }],
    ['AWS::EC2::Instance', { state: { code: 80, name: 'stopped' } }],
    ['AWS::EC2::NatGateway', { state: 'deleting' }],
    ['AWS::EC2::Snapshot', { state: 'error', status: 'failed' }],
    ['AWS::EC2::VPC', {}],
    ['AWS::EC2::VPCPeeringConnection', { status: null }],
    ['AWS::KMS::Key', { key_state: 'Disabled' }],
    // A word of another API with another meaning.
    ['AWS::Lambda::Function', { state: 'Failed' }],
    ['AWS::SSM::MaintenanceWindow', { status: 'expired' }],
  ])('is there: %s with %j', (type, members) => {
    expect(isGone(type, members as Record<string, unknown>)).toBe(false);
    expect(identify(recordOf(type, 'x', { resource: members }))).toBeDefined();
  });
});
