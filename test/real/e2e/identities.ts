// Who the pods are to AWS, and whom the roles trust: the simulator takes every token and every caller, so both are compared here.
import { glob, readFile } from 'node:fs/promises';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { openSimulator } from '../../../clients/simulator/account-clients.ts';

export interface WebIdentity {
  readonly audience: string;
  readonly subject: string;
}

const readToken = (token: string): WebIdentity => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return { audience: [claims.aud].flat().join(), subject: claims.sub };
};

const unique = (identities: readonly WebIdentity[]): WebIdentity[] => [
  ...new Map(identities.map(each => [each.subject + each.audience, each])).values(),
];

/** Of all tokens for AWS that kubelet has put into pods, each identity once. `kubelet` is its directory. */
export const readWebIdentities = async (kubelet: string): Promise<WebIdentity[]> => {
  const found: WebIdentity[] = [];
  const tokens = glob(`${kubelet}/pods/*/volumes/kubernetes.io~projected/aws-token/token`);
  for await (const file of tokens) found.push(readToken(await readFile(file, 'utf8')));
  return unique(found).sort((one, other) => one.subject.localeCompare(other.subject));
};

type Values = string | readonly string[];

interface Statement {
  readonly Action: Values;
  readonly Principal: Readonly<Record<string, Values>>;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** The trust's one statement for the action; throws where the role or the statement is not there. */
const readTrust = async (url: string, role: { account: string; name: string }, action: string): Promise<Statement> => {
  const simulator = openSimulator(url, 1);
  try {
    const iam = (await simulator.enter(role.account)).client('iam', 'us-east-1');
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: role.name }));
    const { Statement } = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as {
      Statement: readonly Statement[];
    };
    const [found, ...others] = Statement.filter(({ Action }) => [Action].flat().includes(action));
    if (found === undefined || others.length > 0)
      throw new Error(`${role.name} allows ${action} ${others.length} times`);
    return found;
  } finally {
    simulator.close();
  }
};

/** Whom a role of the fleet's own lets in. */
export const readTrustedIdentity = async (url: string, account: string, name: string): Promise<WebIdentity> => {
  const { Condition } = await readTrust(url, { account, name }, 'sts:AssumeRoleWithWebIdentity');
  const valueNamed = (suffix: string): string =>
    [Object.entries(Condition['StringEquals'] ?? {}).find(([key]) => key.endsWith(`:${suffix}`))?.[1] ?? '']
      .flat()
      .join();
  return { audience: valueNamed('aud'), subject: valueNamed('sub') };
};

export interface TrustedCaller {
  readonly principal: string;
  readonly roles: readonly string[];
  /** With `*`. */
  readonly sessionName: string;
}

/** Whom the role `inventory` of an account lets in. */
export const readTrustedCaller = async (url: string, account: string): Promise<TrustedCaller> => {
  const { Principal, Condition } = await readTrust(url, { account, name: 'inventory' }, 'sts:AssumeRole');
  return {
    principal: String(Principal['AWS']),
    roles: [Condition['ArnEquals']?.['aws:PrincipalArn'] ?? []].flat(),
    sessionName: String(Condition['StringLike']?.['sts:RoleSessionName']),
  };
};
