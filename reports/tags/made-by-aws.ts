// Resources that AWS makes and keeps for an account, and lets nobody tag: they lack no tag. Pure.
import { parseArn } from '../../contract/catalogue/arn.ts';

/** A record's own words, with aws-recon's names. */
type Members = Readonly<Record<string, unknown>>;

type MadeByAws = (members: Members, arn: string) => boolean;

const isDefaultGroup: MadeByAws = (_members, arn) => /:default[.:]|\/default[.:]/.test(parseArn(arn)?.resource ?? '');

const byType: Readonly<Record<string, MadeByAws>> = {
  'AWS::ElastiCache::ParameterGroup': isDefaultGroup,
  'AWS::Events::Rule': ({ managed_by: by }) => typeof by === 'string' && by !== '',
  'AWS::IAM::ManagedPolicy': (_members, arn) => parseArn(arn)?.account === 'aws',
  'AWS::IAM::Role': (_members, arn) => arn.includes(':role/aws-service-role/'),
  'AWS::KMS::Alias': () => true,
  'AWS::KMS::Key': ({ key_manager: manager }) => manager === 'AWS',
  'AWS::MemoryDB::ParameterGroup': isDefaultGroup,
  'AWS::RDS::DBClusterParameterGroup': isDefaultGroup,
  'AWS::RDS::DBParameterGroup': isDefaultGroup,
  'AWS::RDS::OptionGroup': isDefaultGroup,
  'AWS::SecretsManager::Secret': ({ owning_service: owner }) => typeof owner === 'string' && owner !== '',
};

export const isMadeByAws = (type: string, members: Members, arn: string): boolean =>
  Object.hasOwn(byType, type) && byType[type]?.(members, arn) === true;
