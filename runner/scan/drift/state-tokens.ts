// Tokens of HCP Terraform, Google and Azure, and of OpenTofu's encryption: files of a Secret that the drift alone reads.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InventoryError } from '../../../contract/errors.ts';

export interface StateTokens {
  /** Under the names that Terraform's backends read from the environment: TFE_TOKEN, GOOGLE_CREDENTIALS, ARM_ACCESS_KEY, … */
  readonly environment: Readonly<Record<string, string>>;
  /** Sent with every request for a state over HTTP. */
  readonly headers: Readonly<Record<string, string>>;
}

export const noTokens: StateTokens = { environment: {}, headers: {} };

/** The kubelet's own links begin with dots; TF_TOKEN_app_terraform_io and TF_VAR_passphrase are written so. */
const tokenName = /^[A-Z]\w*$/;
/** Of these the Secret decides nothing: the identity of the scan is the account's. */
const foreignName = /^(AWS|DCTL|INVENTORY|NODE|LD)_/;
const headersName = 'STATE_HEADERS';
const headerForm = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/;

/** Lines such as `Authorization: Bearer …`. Throws usage; the message quotes no line, which may hold a token. */
export const parseHeaders = (text: string): Record<string, string> => {
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line, index) => {
      const [, name, value] = headerForm.exec(line) ?? [];
      if (name !== undefined && value) return [name, value];
      throw new InventoryError('usage', `line ${index + 1} of ${headersName} is no header`, {
        remedy: 'Write a header on each line, such as Authorization: Bearer TOKEN.',
      });
    }),
  );
};

/** A Secret that is not there, or not yet, is none: which state lacks its token is said where it is read. */
const listFiles = (directory: string): Promise<string[]> =>
  readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });

/** The files of the directory. Throws usage for headers that are none, and the system's errors. */
export const readTokens = async (directory: string | undefined): Promise<StateTokens> => {
  if (directory === undefined) return noTokens;
  const names = (await listFiles(directory)).filter(name => tokenName.test(name) && !foreignName.test(name));
  const read = async (name: string) => [name, (await readFile(join(directory, name), 'utf8')).trimEnd()] as const;
  const { [headersName]: headers = '', ...environment } = Object.fromEntries(await Promise.all(names.map(read)));
  return { environment, headers: parseHeaders(headers) };
};

/** A host or a tenant beside a token is none, and a message without it would say nothing. */
const secretName = /TOKEN|SECRET|PASSWORD|PASSPHRASE|CREDENTIALS|KEY|SAS|ENCRYPTION|TF_VAR|CONNECTION_STRING/;

/** What must not stand in any log or message. */
export const tokenValues = ({ environment, headers }: StateTokens): string[] => [
  ...Object.entries(environment).flatMap(([name, value]) => (secretName.test(name) ? [value] : [])),
  ...Object.values(headers),
];
