// Files of a user's own for the role in every account stand above what is generated.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { desiredEstate } from '../../../contract/access/desired-estate.ts';
import { estateFacts } from '../../../contract/access/estate-facts.ts';
import { memberFiles, memberRole } from '../../../contract/access/member-role.ts';
import { memberTemplate } from '../../../contract/access/member-template.ts';
import { type MemberFileName, noOwnFiles, ownFileName, readOwnFiles } from '../../../contract/access/own-files.ts';
import { shippedFiles } from '../../../contract/access/shipped-files.ts';
import { readSettings } from '../../../contract/read-settings.ts';
import { identities, security } from './sample-estate.ts';

const shipped = shippedFiles();
const read = (texts: Readonly<Partial<Record<MemberFileName, unknown>>>) => {
  const found = Object.entries(texts).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [name, { path: `policies/${name}`, text }] as const;
  });
  return readOwnFiles(Object.fromEntries(found), shipped, security);
};
const factsWith = (texts: Parameters<typeof read>[0]) => {
  const overrides = { reports: { bucket: 'my-inventory' }, infrastructure: { cliBucket: 'cli-bucket' } };
  return estateFacts(readSettings({ environment: {}, overrides }), identities, read(texts));
};

const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' } };
const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::{{.AccountId}}:role/Inventory-Runner' },
      Action: 'sts:AssumeRole',
    },
  ],
};

describe('the files of infrastructure/policies', () => {
  it.each(['trust', 'policy', 'properties'] as const)('come with the project as %s, and are nobody’s own', name => {
    const text = readFileSync(`infrastructure/policies/${ownFileName(name)}`, 'utf8');
    expect(text).toBe(shipped[name]);
    expect(read({ [name]: text })).toEqual(noOwnFiles);
    expect(read({ [name]: JSON.stringify(JSON.parse(text)) })).toEqual(noOwnFiles);
  });

  it('are the user’s own when they say something else, whole and in every place', () => {
    const properties = { sessionDuration: 7_200, path: '/managed/', managedPolicies: ['arn:aws:iam::aws:policy/X'] };
    const facts = factsWith({ trust, policy, properties });
    const role = memberRole(facts);
    const statement = { Sid: 'Own1', ...policy.Statement };
    expect(role).toMatchObject({
      maxSessionSeconds: 7_200,
      inlinePolicies: { inventory: { Statement: [statement] } },
      foreignPolicies: ['arn:aws:iam::aws:policy/X'],
      ownPolicies: {},
    });
    expect(role.trust.Statement[0]?.Principal).toEqual({ AWS: `arn:aws:iam::${security}:role/Inventory-Runner` });
    const body = JSON.parse(memberFiles(facts).policy);
    expect(body.Statement).toEqual([statement]);
    expect(memberTemplate(facts).Resources.Role.Properties.MaxSessionDuration).toBe(7_200);
    const uploaded = desiredEstate(facts).flatMap(each => (each.kind === 'object' ? [each.body] : []));
    expect(uploaded).toEqual(Object.values(memberFiles(facts)));
  });

  it('may be one alone: the rest is generated', () => {
    const facts = factsWith({ trust });
    const generated = factsWith({});
    expect(memberRole(facts).ownPolicies).toEqual(memberRole(generated).ownPolicies);
    expect(memberRole(facts).trust).not.toEqual(memberRole(generated).trust);
  });

  it.each([
    [{ policy: 'no json' }, /policies\/policy is not JSON/],
    [{ policy: { Statement: [] } }, /policies\/policy is not what it is to be/],
    [{ properties: { sessionDuration: 60 } }, /sessionDuration/],
    [{ properties: { colour: 'red' } }, /colour/],
    [{ properties: { path: '/other/' } }, /"\/other\/", and role.name says "\/managed\/"/],
  ])('are refused when they are %j', (texts, message) => {
    expect(() => factsWith(texts)).toThrow(message);
  });
});
