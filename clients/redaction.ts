// Secrets by their form, for every place where text leaves the process: logs, termination messages, printed errors.

const mask = '[redacted]';

const secretForms: readonly [RegExp, string][] = [
  // Access key ids name the session that a leaked secret belongs to.
  [/\b(A3T[A-Z0-9]|AKIA|ASIA)[A-Z0-9]{16}\b/g, mask],
  [
    /((?:aws_)?(?:secret_?access_?key|session_?token|security_?token)["']?\s*[:=]\s*["']?)[A-Za-z0-9/+=_-]{16,}/gi,
    `$1${mask}`,
  ],
  [/(authorization["']?\s*[:=]\s*["']?(?:bearer |basic |aws4-hmac-sha256 )?)[^\s"',]{8,}/gi, `$1${mask}`],
  // Role sessions' tokens and web identity tokens, wherever they stand.
  [/\b(?:F[Qw]oG|IQoJ)[A-Za-z0-9/+=]{100,}/g, mask],
  [/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/g, mask],
  [/(https?:\/\/)[^\s/@"']+:[^\s/@"']+@/g, `$1${mask}@`],
];

/** The text without these values alone: where access key ids are resources, and no secrets. Those shorter than 8 characters are left. */
export const redactValues = (text: string, values: readonly string[]): string =>
  values.reduce((clean, value) => (value.length >= 8 ? clean.replaceAll(value, mask) : clean), text);

/** The text without what looks like a secret, and without the given values (those shorter than 8 characters are left). */
export const redactText = (text: string, values: readonly string[] = []): string => {
  let clean = redactValues(text, values);
  for (const [form, replacement] of secretForms) clean = clean.replace(form, replacement);
  return clean;
};
