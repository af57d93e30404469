// Whose access key a request carries: learned from the AssumeRole answers that pass through the refusing proxy.

/** moto's own account: that of every access key that it did not give out. */
export const managementAccountId = '123456789012';

export interface Identity {
  readonly accountId: string;
  /** As GetCallerIdentity would answer. */
  readonly principal: string;
}

export interface Sessions {
  readonly identify: (accessKeyId: string | null) => Identity;
  /** Takes the XML that answers AssumeRole or AssumeRoleWithWebIdentity; anything else is ignored. */
  readonly learn: (answer: string) => void;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const accountOffset = 2 ** 39;

/**
 * The account that AWS, and moto, write into a session's access key, for sessions older than the proxy; null for a key
 * that is none. Long-lived keys are left out: people take those of AWS's documentation, which name an account too.
 */
const accountInKey = (accessKeyId: string): string | null => {
  if (!/^ASIA[A-Z2-7]{9}[A-Z0-9]{7}$/.test(accessKeyId)) return null;
  let bits = 0;
  for (const letter of accessKeyId.slice(4, 12)) bits = bits * 32 + base32.indexOf(letter);
  const half = bits - accountOffset;
  const odd = base32.indexOf(accessKeyId.charAt(12)) >= 16 ? 1 : 0;
  return half < 0 ? null : String(half * 2 + odd).padStart(12, '0');
};

const unknownIdentity = (accountId: string): Identity => ({
  accountId,
  principal: `arn:aws:sts::${accountId}:user/moto`,
});

export const rememberSessions = (): Sessions => {
  const known = new Map<string, Identity>();
  return {
    identify: accessKeyId => {
      if (accessKeyId === null) return unknownIdentity(managementAccountId);
      return known.get(accessKeyId) ?? unknownIdentity(accountInKey(accessKeyId) ?? managementAccountId);
    },
    learn: answer => {
      const accessKeyId = /<AccessKeyId>([^<]+)</.exec(answer)?.[1];
      const principal = /<Arn>(arn:[^<]+)</.exec(answer)?.[1];
      const accountId = principal?.split(':')[4];
      if (accessKeyId && principal && accountId) known.set(accessKeyId, { accountId, principal });
    },
  };
};
