// Before the states are read: where each of them lies, as settings and flags write it, and as it fits one account.
import { InventoryError } from '../errors.ts';

export type StateScheme =
  | 'tfstate'
  | 'tfstate+s3'
  | 'tfstate+http'
  | 'tfstate+https'
  | 'tfstate+tfcloud'
  | 'tfstate+gs'
  | 'tfstate+azurerm';

export interface StateLocation {
  readonly scheme: StateScheme;
  /** All that follows `://`, with the secrets that a URL may carry. */
  readonly path: string;
  /** To be shown and stored: without the secrets of a URL. */
  readonly text: string;
}

interface SchemeRule {
  readonly form: RegExp;
  readonly example: string;
}

const inContainer = /^[^/]+\/.+$/s;

const schemes: Readonly<Record<StateScheme, SchemeRule>> = {
  tfstate: { form: /./s, example: 'tfstate://environments/**/*.tfstate' },
  'tfstate+s3': { form: inContainer, example: 'tfstate+s3://bucket/environments/**/*.tfstate' },
  'tfstate+http': { form: /^[^/]/s, example: 'tfstate+http://host/path' },
  'tfstate+https': { form: /^[^/]/s, example: 'tfstate+https://host/path' },
  'tfstate+tfcloud': { form: /^(ws-[A-Za-z0-9]+|[^/]+\/[^/]+)$/, example: 'tfstate+tfcloud://organization/workspace' },
  'tfstate+gs': { form: inContainer, example: 'tfstate+gs://bucket/environments/**/*.tfstate' },
  'tfstate+azurerm': { form: inContainer, example: 'tfstate+azurerm://container/environments/**/*.tfstate' },
};

const isScheme = (text: string): text is StateScheme => Object.hasOwn(schemes, text);

const examples = Object.values(schemes).map(({ example }) => example);

const refuse = (text: string, why: string, remedy: string): InventoryError =>
  new InventoryError('usage', `${JSON.stringify(text)} is no place of a state: ${why}`, { remedy });

/** A URL without its user, password and query: any of them may be a secret. undefined when it is none. */
const shownUrl = (scheme: 'http' | 'https', path: string): string | undefined => {
  const url = URL.parse(`${scheme}://${path}`);
  if (url === null) return undefined;
  return `tfstate+${scheme}://${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`;
};

/** Reads `tfstate+s3://bucket/key` and the like. Throws usage, and never quotes a URL with its password. */
export const parseStateLocation = (text: string): StateLocation => {
  const at = text.indexOf('://');
  const scheme = text.slice(0, Math.max(at, 0));
  const path = text.slice(at + 3);
  if (at === -1) {
    throw refuse(text, 'it has no scheme', `Write a file or directory as tfstate://${text}; others as ${examples[1]}.`);
  }
  if (!isScheme(scheme)) {
    throw refuse(`${scheme}://…`, `${scheme} is no known scheme`, `Write one of ${examples.join(', ')}.`);
  }
  const isUrl = scheme === 'tfstate+http' || scheme === 'tfstate+https';
  const shown = isUrl ? shownUrl(scheme === 'tfstate+http' ? 'http' : 'https', path) : text;
  const { form, example } = schemes[scheme];
  if (shown === undefined || !form.test(path)) {
    throw refuse(isUrl ? `${scheme}://…` : text, 'it is not whole', `Write it as ${example}.`);
  }
  return { scheme, path, text: shown };
};

const glob = /[*?[\]{}]/;

/** Whether the path stands for any number of states. Of URLs and workspaces it never does. */
export const isStateGlob = ({ scheme, path }: StateLocation): boolean =>
  ['tfstate', 'tfstate+s3', 'tfstate+gs', 'tfstate+azurerm'].includes(scheme) && glob.test(path);

/** What all paths begin with that a glob can match; the whole path when it is none. */
export const globPrefix = (path: string): string => path.slice(0, glob.exec(path)?.index ?? path.length);

export interface StateTemplateValues {
  readonly accountId: string;
  readonly accountName: string;
  /** Names of the organizational units, outermost first; empty for an account right below the root. */
  readonly path: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

const places = '{account_id}, {account_name}, {ou}, {ou_path} and {tag:KEY}';

const valueAt = (place: string, { accountId, accountName, path, tags }: StateTemplateValues): string | undefined => {
  if (place === 'account_id') return accountId;
  if (place === 'account_name') return accountName;
  if (place === 'ou') return path.at(-1);
  if (place === 'ou_path') return path.length === 0 ? undefined : path.join('/');
  if (place.startsWith('tag:')) {
    const key = place.slice('tag:'.length);
    return Object.hasOwn(tags, key) ? tags[key] : undefined;
  }
  throw new InventoryError('settings-invalid', `{${place}} is no place in drift.from`, {
    remedy: `Use ${places}.`,
  });
};

/** Names and tags are data: none may lead to other states than the template's author meant. */
const leadsAstray = (value: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  value === '' || /[*?[\]{}\u0000-\u001f\u007f]/.test(value) || value.split('/').some(part => /^\.{0,2}$/.test(part));

/**
 * The template's location of one account: `{account_id}`, `{account_name}`, `{ou}` (its own unit), `{ou_path}` (all of
 * them, by slashes), `{tag:KEY}`. Braces with a comma are alternatives of a glob, and stay. Throws settings-invalid.
 */
export const fillStateTemplate = (template: string, values: StateTemplateValues): string =>
  template.replace(/\{([^{},]*)\}/g, (_match, place: string) => {
    const value = valueAt(place, values);
    if (value === undefined) {
      throw new InventoryError('settings-invalid', `Account ${values.accountId} has no value for {${place}}`, {
        remedy: `Give the account ${place.startsWith('tag:') ? 'that tag' : 'a unit'}, or a drift.from of its own.`,
      });
    }
    if (!leadsAstray(value)) return value;
    const said = `${JSON.stringify(value)}, which account ${values.accountId} has for {${place}}, cannot be part of a location`;
    throw new InventoryError('settings-invalid', said, { remedy: 'Give the account a drift.from of its own.' });
  });
