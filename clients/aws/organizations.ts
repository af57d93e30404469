// Reads an Organization: its accounts always, its tree and tags only when a selection asks for them.
import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
  type Account as SdkAccount,
} from '@aws-sdk/client-organizations';
import { type Account, accountIdSchema, type Organization } from '../../contract/account.ts';
import { InventoryError } from '../../contract/errors.ts';
import { type AwsConnection, clientConfiguration } from './connection.ts';
import { describeAwsError } from './errors.ts';

export interface OrganizationReading {
  /** Fills path and unitIds: two calls per organizational unit. */
  readonly tree: boolean;
  /** Fills tags: one call per account. */
  readonly tags: boolean;
  readonly signal: AbortSignal;
}

/** Organizations allows few calls a second and answers the rest with HTTP 400: one after the other, and patiently. */
const patience = { maxAttempts: 12 };

interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  readonly next: string | undefined;
}

/** All pages. Pages may be empty and still have a next one; a token that comes back would never end. */
const readPages = async <Item>(read: (token: string | undefined) => Promise<Page<Item>>): Promise<Item[]> => {
  const items: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await read(token);
    items.push(...(page.items ?? []));
    token = page.next;
    if (token !== undefined && seen.has(token)) {
      throw new InventoryError(
        'organization-incomplete',
        'organizations: a page token came back, so the listing does not end',
      );
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return items;
};

const explain = (thrown: unknown, call: string): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const facts = describeAwsError(thrown);
  const said = `organizations:${call} answered ${facts.code}: ${facts.message}`;
  switch (facts.kind) {
    case 'denied':
      return new InventoryError('organization-denied', said, {
        cause: thrown,
        remedy: `Allow organizations:${call} on * to this identity, in the management account or a delegated administrator.`,
      });
    case 'not-enabled':
      return new InventoryError('organization-denied', said, {
        cause: thrown,
        remedy: 'Run with credentials of the Organization’s management account, or list the accounts in accounts.from.',
      });
    case 'no-credentials':
    case 'credentials-expired':
      return new InventoryError('no-credentials', said, { cause: thrown });
    case 'throttled':
    case 'unavailable':
      return new InventoryError('organization-throttled', said, { cause: thrown });
    default:
      return new InventoryError('organization-incomplete', said, { cause: thrown });
  }
};

const call = async <Result>(name: string, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (thrown) {
    throw explain(thrown, name);
  }
};

interface Reader {
  readonly client: OrganizationsClient;
  /** Aborts the call in flight; the SDK's pause before a retry goes on for some seconds. */
  readonly abort: { readonly abortSignal: AbortSignal };
}

/** A token can expire while a long listing is throttled: the listing is then begun anew, because half a list is none. */
const listAccounts = async ({ client, abort }: Reader): Promise<SdkAccount[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readPages(async token => {
        const page = await client.send(new ListAccountsCommand({ NextToken: token }), abort);
        return { items: page.Accounts, next: page.NextToken };
      });
    } catch (thrown) {
      const expired = describeAwsError(thrown).code === 'InvalidInputException';
      if (!expired || attempt === 3) throw explain(thrown, 'ListAccounts');
    }
  }
};

const toAccount = (account: SdkAccount): Account => {
  const id = accountIdSchema.safeParse(account.Id);
  if (!id.success) {
    throw new InventoryError(
      'organization-incomplete',
      `organizations:ListAccounts named the account ${JSON.stringify(account.Id)}: ${id.error.issues[0]?.message}`,
    );
  }
  // `Status` was retired in 2026 and older partitions do not know `State` yet.
  const state = account.State ?? account.Status ?? 'UNKNOWN';
  return { id: id.data, name: account.Name ?? '', state, path: null, unitIds: null, tags: null };
};

interface Place {
  readonly path: readonly string[];
  readonly unitIds: readonly string[];
}

interface Tree {
  /** Where each account lies, by its id. */
  readonly places: Map<string, Place>;
  readonly units: { readonly id: string; readonly path: readonly string[] }[];
}

const listAccountIds = ({ client, abort }: Reader, parent: string): Promise<string[]> =>
  call('ListAccountsForParent', () =>
    readPages(async token => {
      const page = await client.send(new ListAccountsForParentCommand({ ParentId: parent, NextToken: token }), abort);
      return { items: page.Accounts?.map(account => account.Id ?? ''), next: page.NextToken };
    }),
  );

const listUnits = ({ client, abort }: Reader, parent: string) =>
  call('ListOrganizationalUnitsForParent', () =>
    readPages(async token => {
      const command = new ListOrganizationalUnitsForParentCommand({ ParentId: parent, NextToken: token });
      const page = await client.send(command, abort);
      return { items: page.OrganizationalUnits, next: page.NextToken };
    }),
  );

const readTree = async (reader: Reader): Promise<Tree> => {
  const tree: Tree = { places: new Map(), units: [] };
  const visit = async (parent: string, place: Place): Promise<void> => {
    for (const id of await listAccountIds(reader, parent)) tree.places.set(id, place);
    for (const { Id: id = '', Name: name = '' } of await listUnits(reader, parent)) {
      const below = { path: [...place.path, name], unitIds: [...place.unitIds, id] };
      tree.units.push({ id, path: below.path });
      await visit(id, below);
    }
  };
  const roots = await call('ListRoots', () => reader.client.send(new ListRootsCommand({}), reader.abort));
  for (const { Id: id = '' } of roots.Roots ?? []) {
    tree.units.push({ id, path: [] });
    await visit(id, { path: [], unitIds: [id] });
  }
  return tree;
};

/** An account that moves while the tree is read can be missed: without its place it would be selected or skipped by mistake. */
const readWholeTree = async (reader: Reader, ids: readonly string[]): Promise<Tree> => {
  let missing: string[] = [];
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const tree = await readTree(reader);
    missing = ids.filter(id => !tree.places.has(id));
    if (missing.length === 0) return tree;
  }
  throw new InventoryError(
    'organization-incomplete',
    `The Organization's tree does not show the accounts ${missing.join(', ')}`,
  );
};

const readTags = async ({ client, abort }: Reader, id: string): Promise<Record<string, string>> => {
  const tags = await call('ListTagsForResource', () =>
    readPages(async token => {
      const page = await client.send(new ListTagsForResourceCommand({ ResourceId: id, NextToken: token }), abort);
      return { items: page.Tags, next: page.NextToken };
    }),
  );
  return Object.fromEntries(tags.map(tag => [tag.Key ?? '', tag.Value ?? '']));
};

/** Every account of the Organization, once each, or an error: never part of the list. */
export const readOrganization = async (
  connection: AwsConnection,
  reading: OrganizationReading,
): Promise<Organization> => {
  const client = new OrganizationsClient(clientConfiguration(connection, patience));
  const reader = { client, abort: { abortSignal: reading.signal } };
  try {
    const listed = (await listAccounts(reader)).map(toAccount);
    const unique = [...new Map(listed.map(account => [account.id, account])).values()];
    const ids = unique.map(account => account.id);
    const tree = reading.tree ? await readWholeTree(reader, ids) : undefined;
    const accounts: Account[] = [];
    for (const account of unique) {
      const tags = reading.tags ? await readTags(reader, account.id) : null;
      accounts.push({ ...account, ...tree?.places.get(account.id), tags });
    }
    return { accounts, units: tree?.units ?? [] };
  } finally {
    client.destroy();
  }
};
