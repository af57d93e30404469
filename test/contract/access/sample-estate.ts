// Settings as somebody writes them → the estate, for the tests of what roles may.
import type { EstateFacts } from '../../../contract/access/estate.ts';
import { type EstateIdentities, estateFacts } from '../../../contract/access/estate-facts.ts';
import { readSettings } from '../../../contract/read-settings.ts';

export const billing = '111111111111';
export const security = '222222222222';
export const issuer = 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF';

export const identities: EstateIdentities = {
  partition: 'aws',
  region: 'eu-west-1',
  billingAccountId: billing,
  securityAccountId: security,
  organizationId: 'o-a1b2c3d4e5',
};

export const sampleFacts = (
  overrides: Readonly<Record<string, unknown>> = {},
  who: Partial<EstateIdentities> = {},
): EstateFacts => {
  const infrastructure = { issuers: { prod: [issuer] }, ...(overrides['infrastructure'] as object | undefined) };
  const reports = { bucket: 'my-inventory', ...(overrides['reports'] as object | undefined) };
  const settings = readSettings({ environment: {}, overrides: { ...overrides, reports, infrastructure } });
  return estateFacts(settings, { ...identities, ...who });
};
