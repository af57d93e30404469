// Which accounts somebody wants to see, as the page's address says it. Pure. An address with nonsense in it is the plain page.
import * as z from 'zod';

export const sortColumns = [
  'attention',
  'name',
  'unit',
  'outcome',
  'resources',
  'coverage',
  'drift',
  'tags',
  'success',
] as const;
export type SortColumn = (typeof sortColumns)[number];

export const outcomeChoices = ['all', 'succeeded', 'partial', 'failed', 'skipped'] as const;

const querySchema = z.object({
  /** Words that name, id, unit or code must have, all of them. */
  q: z
    .string()
    .transform(text => text.slice(0, 200).trim())
    .catch(''),
  outcome: z.enum(outcomeChoices).catch('all'),
  sort: z.enum(sortColumns).catch('attention'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});
export type AccountQuery = z.infer<typeof querySchema>;

export const plainQuery: AccountQuery = querySchema.parse({});

export const readQuery = (parameters: Readonly<Record<string, string>>): AccountQuery => querySchema.parse(parameters);

/** The address of the overview with other accounts in its table. Another choice begins at its first page. */
export const addressOf = (query: AccountQuery, changes: Partial<AccountQuery>): string => {
  const wanted = { ...query, page: 1, ...changes };
  const said = Object.entries(wanted).filter(([key, value]) => value !== plainQuery[key as keyof AccountQuery]);
  const parameters = new URLSearchParams(said.map(([key, value]): [string, string] => [key, String(value)]));
  return `/${said.length === 0 ? '' : `?${parameters}`}#accounts`;
};

/** Figures begin with the largest, words with A, and times with the oldest. */
const firstOrders: Partial<Record<SortColumn, 'desc'>> = { resources: 'desc', drift: 'desc' };

/** A second click turns the order round. */
export const sortChanges = (query: AccountQuery, sort: SortColumn): Partial<AccountQuery> => {
  if (query.sort === sort) return { sort, order: query.order === 'asc' ? 'desc' : 'asc' };
  return { sort, order: firstOrders[sort] ?? 'asc' };
};
