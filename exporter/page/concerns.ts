// Snapshot → what needs somebody's attention, the worst first, told once for all accounts that share it. Pure.
import type { AccountView, Snapshot } from '../snapshot.ts';
import type { Tone } from './marks.ts';

export interface Concern {
  readonly tone: Tone;
  /** In the words of the error catalogue, of IAM, or of the document. */
  readonly subject: string;
  readonly kind: 'outcome' | 'denied' | 'coverage' | 'report';
  /** What was said of the first of the accounts. */
  readonly message: string | null;
  readonly remedy: string | null;
  /** The first few. */
  readonly accounts: readonly Pick<AccountView, 'id' | 'name'>[];
  readonly total: number;
  /** Of `outcome`: what to ask the table of accounts for. */
  readonly outcome?: AccountView['outcome'];
}

const namedAccounts = 4;
/** Of each kind. */
const mostConcerns = 6;

const byTotal = (a: Concern, b: Concern): number => b.total - a.total || (a.subject < b.subject ? -1 : 1);

const outcomeConcerns = (accounts: readonly AccountView[], outcome: 'failed' | 'partial'): Concern[] => {
  const ill = accounts.filter(account => account.outcome === outcome);
  const groups = [...Map.groupBy(ill, ({ code }) => code ?? outcome)];
  return groups
    .map(([code, those]): Concern => {
      const [first] = those;
      return {
        tone: outcome === 'failed' ? 'bad' : 'warn',
        kind: 'outcome',
        subject: code,
        message: first?.message ?? null,
        remedy: first?.remedy ?? null,
        accounts: those.slice(0, namedAccounts),
        total: those.length,
        outcome,
      };
    })
    .sort(byTotal);
};

interface Denial {
  readonly accounts: Map<string, AccountView>;
  readonly types: Set<string>;
}

/** What nobody has accepted, by what would have to be granted. */
const findDenials = (accounts: readonly AccountView[]): Map<string, Denial> => {
  const denials = new Map<string, Denial>();
  for (const account of accounts) {
    for (const { outcome, excuse, action, type } of account.digest?.unseen ?? []) {
      if (outcome !== 'denied' || excuse !== undefined) continue;
      const subject = action ?? type;
      const known = denials.get(subject) ?? { accounts: new Map(), types: new Set() };
      known.accounts.set(account.id, account);
      known.types.add(type);
      denials.set(subject, known);
    }
  }
  return denials;
};

const deniedConcerns = (accounts: readonly AccountView[]): Concern[] =>
  [...findDenials(accounts)]
    .map(([subject, denial]): Concern => {
      const types = [...denial.types];
      const more = types.length > 3 ? ` and ${types.length - 3} more types` : '';
      return {
        tone: 'warn',
        kind: 'denied',
        subject,
        message: `Without it ${types.slice(0, 3).join(', ')}${more} cannot be seen.`,
        remedy: 'Grant it to the role that scans, or accept the refusal in the settings.',
        accounts: [...denial.accounts.values()].slice(0, namedAccounts),
        total: denial.accounts.size,
      };
    })
    .sort(byTotal);

const coverageConcerns = (accounts: readonly AccountView[]): Concern[] => {
  const fell = accounts
    .flatMap(account => (account.coverageFell === undefined ? [] : [{ account, fall: account.coverageFell }]))
    .sort((a, b) => b.fall.from - b.fall.to - (a.fall.from - a.fall.to));
  if (fell.length === 0) return [];
  return [
    {
      tone: 'warn',
      kind: 'coverage',
      subject: 'coverage fell',
      message: 'Fewer resource types answered than in the scan before.',
      remedy: 'Look at what the account’s page says was not seen: most often a right was taken away.',
      accounts: fell.slice(0, namedAccounts).map(({ account }) => account),
      total: fell.length,
    },
  ];
};

const reportConcerns = ({ problems, accounts }: Snapshot): Concern[] =>
  [...Map.groupBy(problems, ({ reason }) => reason)]
    .map(([reason, those]): Concern => {
      const ids = [...new Set(those.map(({ account }) => account))];
      const [first] = those;
      return {
        tone: 'warn',
        kind: 'report',
        subject: `report ${reason}`,
        message: first === undefined ? null : `${first.key}: ${first.message}`,
        remedy: 'The older scan is shown until the next run writes a report that can be read.',
        accounts: ids.slice(0, namedAccounts).flatMap(id => accounts.find(account => account.id === id) ?? []),
        total: ids.length,
      };
    })
    .sort(byTotal);

export const findConcerns = (snapshot: Snapshot): Concern[] =>
  [
    outcomeConcerns(snapshot.accounts, 'failed'),
    reportConcerns(snapshot),
    coverageConcerns(snapshot.accounts),
    outcomeConcerns(snapshot.accounts, 'partial'),
    deniedConcerns(snapshot.accounts),
  ].flatMap(concerns => concerns.slice(0, mostConcerns));
