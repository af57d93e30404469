// SES: its types, as data.
import { nativeService } from '../native-service.ts';

export const ses = nativeService({
  key: 'ses',
  reconName: 'SES',
  namespaces: ['SES'],
  scope: 'regional',
  types: [
    {
      key: 'ses.email-identity',
      reconType: 'identity',
      cloudFormationType: 'AWS::SES::EmailIdentity',
      identifier: '{name}',
      arn: 'arn:{partition}:ses:{region}:{account}:identity/{identity_name}',
      actions: ['ses:ListEmailIdentities'],
    },
    {
      key: 'ses.configuration-set',
      reconType: 'configuration_set',
      cloudFormationType: 'AWS::SES::ConfigurationSet',
      identifier: '{name}',
      arn: 'arn:{partition}:ses:{region}:{account}:configuration-set/{configuration_set_name}',
      actions: ['ses:ListConfigurationSets'],
    },
    {
      key: 'ses.template',
      reconType: 'template',
      cloudFormationType: 'AWS::SES::Template',
      identifier: '{name}',
      arn: 'arn:{partition}:ses:{region}:{account}:template/{template_name}',
      actions: ['ses:ListEmailTemplates'],
    },
    {
      key: 'ses.custom-verification-email-template',
      reconType: 'custom_verification_email_template',
      cloudFormationType: 'AWS::SES::CustomVerificationEmailTemplate',
      identifier: '{name}',
      arn: 'arn:{partition}:ses:{region}:{account}:custom-verification-email-template/{template_name}',
      actions: ['ses:ListCustomVerificationEmailTemplates'],
    },
    {
      key: 'ses.contact-list',
      reconType: 'contact_list',
      cloudFormationType: 'AWS::SES::ContactList',
      identifier: '{name}',
      arn: 'arn:{partition}:ses:{region}:{account}:contact-list/{contact_list_name}',
      actions: ['ses:ListContactLists'],
    },
    {
      key: 'ses.dedicated-ip-pool',
      reconType: 'dedicated_ip_pool',
      cloudFormationType: 'AWS::SES::DedicatedIpPool',
      identifier: '{name}',
      arn: 'arn:{partition}:ses:{region}:{account}:dedicated-ip-pool/{pool_name}',
      actions: ['ses:ListDedicatedIpPools'],
    },
  ],
});
