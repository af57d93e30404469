// What must not stand in a report, whichever API told it: passwords, tokens, and what functions keep in their environment. Pure.

export const hidden = '[redacted]';

const secretName = /(password|passphrase|secret|private_?key|api_?key|auth_?token|access_?token|bearer|credential)/i;
/** Names of things about a secret, which tell nothing of it. */
const harmlessEnd =
  /(arn|arns|id|ids|name|names|type|status|version|date|time|mode|policy|path|location|length|reset|provider|source|enabled|required|lastused|ref|uri|url|age)$/i;

/** Members that hold secrets, or whole documents with secrets in them, under names that do not say so. */
const known =
  /^(userdata|user_data|presharedkey|authkey|headervalue|customergatewayconfiguration|customerrouterconfig|registrationcode|base32stringseed|connectionstring)$/i;

/** Whether a member's text is a secret by its name. ARNs are references. */
export const isSecretMember = (name: string, value: unknown): boolean =>
  typeof value === 'string' &&
  (known.test(name) || (secretName.test(name) && !harmlessEnd.test(name))) &&
  !value.startsWith('arn:');

/** Members that hold a process's environment, as a map or as a list of names and values. */
const environments = /^((runtime)?_?environment_?(variables|secrets)?|(stage)?_?variables|stagevariableoverrides)$/i;
/** A member of this name may as well describe an environment: only what is written like a variable is one. */
const ambiguous = /^environment$/i;
const variableName = /^[A-Z][A-Z0-9_]*$/;

const hideEntry = (entry: unknown): unknown => {
  if (typeof entry !== 'object' || entry === null) return entry;
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name,
      /^value$/i.test(name) && typeof value === 'string' ? hidden : value,
    ]),
  );
};

/** An environment with its names alone; undefined when the member is none. */
export const hideEnvironment = (name: string, value: unknown): object | undefined => {
  if (!environments.test(name) || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.map(hideEntry);
  const isVariable = (key: string): boolean => !ambiguous.test(name) || variableName.test(key);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, typeof inner === 'string' && isVariable(key) ? hidden : inner]),
  );
};

/** A structure without its secrets; names stay as they are. */
export const hideSecrets = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(hideSecrets);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (isSecretMember(name, inner)) return [name, hidden];
      return [name, hideSecrets(hideEnvironment(name, inner) ?? inner)];
    }),
  );
};
