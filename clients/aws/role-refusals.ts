// What STS said → an error of the catalogue: who can mend it, and no more guesses than STS gives grounds for. Pure.

import { InventoryError } from '../../contract/errors.ts';
import { type AwsErrorFacts, connectionRemedy, isMisconfigured } from './errors.ts';
import type { RoleRequest } from './sts.ts';

const said = (facts: AwsErrorFacts): string => (facts.message === '' ? facts.code : `${facts.code}: ${facts.message}`);

/** Codes that are about the signature, so about the runner's own credentials, whatever was asked with them. */
const ownCredentialCodes = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'IncompleteSignature']);

const passes = (facts: AwsErrorFacts): boolean =>
  facts.kind === 'throttled' || facts.kind === 'unavailable' || facts.kind === 'not-in-region';

const unavailable = (facts: AwsErrorFacts, what: string): InventoryError =>
  new InventoryError('sts-unavailable', `${what}: STS answered ${said(facts)}`, { remedy: connectionRemedy(facts) });

/** Nobody was asked: neither an account's owner nor another try can mend it. */
const misconfigured = (facts: AwsErrorFacts, what: string): InventoryError =>
  new InventoryError('settings-invalid', `${what}: ${said(facts)}`, { remedy: connectionRemedy(facts) });

const regionDisabled = (facts: AwsErrorFacts, what: string): InventoryError =>
  new InventoryError('sts-unavailable', `${what}: STS answered ${said(facts)}`, {
    remedy: 'Set a region whose STS endpoint is enabled in the account of the runner, or enable this one there.',
  });

/** The runner's own identity, before any role of an account was asked for. */
export const explainOwnCredentials = (facts: AwsErrorFacts): InventoryError => {
  const what = 'the runner could not get its own credentials';
  if (isMisconfigured(facts)) return misconfigured(facts, what);
  if (passes(facts)) return unavailable(facts, what);
  return new InventoryError('no-credentials', `the runner has no credentials of its own: ${said(facts)}`, {
    remedy: 'Bind the runner’s service account to its IAM role, or sign in to AWS where this runs.',
  });
};

const remedyOf = (facts: AwsErrorFacts, role: RoleRequest): string => {
  if (facts.byServiceControlPolicy) {
    return 'Let the Organization’s service control policy allow sts:AssumeRole here; the account owner cannot.';
  }
  // STS gives the same answer to all of these, so that nobody can probe for roles.
  const trust = 'let its trust policy allow sts:AssumeRole to the runner role';
  const external =
    role.externalId === undefined
      ? 'if that trust asks for an ExternalId, set it in the settings'
      : 'compare the ExternalId in that trust with the settings';
  const source = role.sourceIdentity === undefined ? '' : ', allow sts:SetSourceIdentity too';
  return `Create the role if it is missing; ${trust}${source}; ${external}; and allow the runner role to assume it.`;
};

/** A refusal of the account's role. */
export const explainAssumption = (facts: AwsErrorFacts, role: RoleRequest): InventoryError => {
  const what = `${role.roleArn} was not assumed`;
  if (facts.code === 'RegionDisabledException') return regionDisabled(facts, what);
  if (isMisconfigured(facts)) return misconfigured(facts, what);
  if (passes(facts)) return unavailable(facts, what);
  if (facts.kind === 'credentials-expired' || facts.kind === 'not-enabled' || ownCredentialCodes.has(facts.code)) {
    return new InventoryError(
      'no-credentials',
      `${what}, because STS refused the runner’s own credentials: ${said(facts)}`,
    );
  }
  return new InventoryError('role-refused', `${what}: STS answered ${said(facts)}`, {
    ...(facts.kind === 'denied' ? { remedy: remedyOf(facts, role) } : {}),
  });
};

/** GetCallerIdentity needs no permission: that the new session cannot make it is most likely to pass. */
export const explainVerification = (facts: AwsErrorFacts, role: RoleRequest): InventoryError =>
  unavailable(facts, `whose credentials ${role.roleArn} gave could not be verified`);
