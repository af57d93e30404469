// Settings + account → what its Job is told of drift. Pure: a template that does not fit one account is that account's alone.
import type { Account } from '../contract/account.ts';
import type { DriftFacts } from '../contract/drift/drift-facts.ts';
import { chooseDrift, type DriftChoice, type DriftSettings } from '../contract/drift/drift-settings.ts';
import { fillStateTemplate, parseStateLocation } from '../contract/drift/state-location.ts';
import { InventoryError } from '../contract/errors.ts';

/** A tag that is missing, or a name that cannot be part of a location, costs the account its drift and not its inventory. */
const fill = (templates: readonly string[], account: Account): Pick<DriftFacts, 'from' | 'problem'> => {
  const { id: accountId, name: accountName, path, tags } = account;
  const values = { accountId, accountName, path: path ?? [], tags: tags ?? {} };
  try {
    const from = templates.map(template => fillStateTemplate(template, values));
    for (const location of from) parseStateLocation(location);
    return { from };
  } catch (thrown) {
    if (!(thrown instanceof InventoryError)) throw thrown;
    return { from: [], problem: `${thrown.message}. ${thrown.remedy}` };
  }
};

const stateOf = ({ state }: DriftChoice, account: Account): DriftFacts['state'] => ({
  ...(state.role === undefined ? {} : { roleArn: state.role.replaceAll('{account_id}', account.id) }),
  ...(state.externalId === undefined ? {} : { externalId: state.externalId }),
  ...(state.region === undefined ? {} : { region: state.region }),
  kmsKeys: [...(state.kmsKeys ?? [])],
});

/** undefined where the settings name no state of the account. */
export const planDrift = (settings: DriftSettings, account: Account): DriftFacts | undefined => {
  const choice = chooseDrift(settings, account.id);
  if (choice === undefined) return undefined;
  return {
    engine: choice.engine ?? 'available',
    ...fill(choice.from, account),
    state: stateOf(choice, account),
    ignore: [...choice.ignore],
  };
};
