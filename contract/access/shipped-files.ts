// The files in infrastructure/policies as they come with the project: those of the usual settings, for any account. Pure.
import { readSettings } from '../read-settings.ts';
import { estateFacts } from './estate-facts.ts';
import { memberFiles } from './member-role.ts';
import { accountToken, type MemberFileName } from './own-files.ts';

export const shippedFiles = (): Readonly<Record<MemberFileName, string>> => {
  const settings = readSettings({ environment: {}, overrides: { reports: { bucket: 'any-bucket' } } });
  const facts = estateFacts(settings, {
    partition: 'aws',
    region: 'eu-west-1',
    billingAccountId: accountToken,
    securityAccountId: accountToken,
    organizationId: null,
  });
  return memberFiles(facts);
};
