// GuardDuty: its types, as data.
import { nativeService } from '../native-service.ts';

export const guardduty = nativeService({
  key: 'guardduty',
  reconName: 'GuardDuty',
  namespaces: ['GuardDuty'],
  scope: 'regional',
  types: [
    {
      key: 'guardduty.detector',
      reconType: 'detector',
      cloudFormationType: 'AWS::GuardDuty::Detector',
      identifier: '{name}',
      arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{detector_id}',
      actions: ['guardduty:ListDetectors', 'guardduty:GetDetector'],
    },
    {
      key: 'guardduty.filter',
      reconType: 'filter',
      cloudFormationType: 'AWS::GuardDuty::Filter',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{detector_id}/filter/{name}',
      actions: ['guardduty:ListDetectors', 'guardduty:ListFilters', 'guardduty:GetFilter'],
    },
    {
      key: 'guardduty.ip-set',
      reconType: 'ip_set',
      cloudFormationType: 'AWS::GuardDuty::IPSet',
      identifier: '{name}|{parent}',
      arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{detector_id}/ipset/{ip_set_id}',
      actions: ['guardduty:ListDetectors', 'guardduty:ListIPSets', 'guardduty:GetIPSet'],
    },
    {
      key: 'guardduty.threat-intel-set',
      reconType: 'threat_intel_set',
      cloudFormationType: 'AWS::GuardDuty::ThreatIntelSet',
      identifier: '{name}|{parent}',
      arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{detector_id}/threatintelset/{threat_intel_set_id}',
      actions: ['guardduty:ListDetectors', 'guardduty:ListThreatIntelSets', 'guardduty:GetThreatIntelSet'],
    },
    {
      key: 'guardduty.publishing-destination',
      reconType: 'publishing_destination',
      cloudFormationType: 'AWS::GuardDuty::PublishingDestination',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{detector_id}/publishingDestination/{destination_id}',
      actions: ['guardduty:ListDetectors', 'guardduty:ListPublishingDestinations'],
    },
    {
      key: 'guardduty.member',
      reconType: 'member',
      cloudFormationType: 'AWS::GuardDuty::Member',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{administrator_detector_id}/member/{account_id}',
      actions: ['guardduty:ListDetectors', 'guardduty:ListMembers'],
    },
  ],
});
