// Token buckets of the account server: each account has one per region of a limited service, as AWS counts.

export interface RateLimit {
  /** The signing name: `cloudcontrolapi`. */
  readonly service: string;
  readonly perSecond: number;
  readonly burst: number;
}

export interface Asked {
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
}

/** True while the bucket holds a token, which it then takes; `now` is in milliseconds. */
export const limitRate = (limits: readonly RateLimit[]): ((asked: Asked, now: number) => boolean) => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ service, region, accountId }, now) => {
    const limit = limits.find(each => each.service === service);
    if (limit === undefined) return true;
    const key = `${service} ${region} ${accountId}`;
    const { tokens, at } = buckets.get(key) ?? { tokens: limit.burst, at: now };
    const filled = Math.min(limit.burst, tokens + ((now - at) / 1000) * limit.perSecond);
    const allowed = filled >= 1;
    buckets.set(key, { tokens: allowed ? filled - 1 : filled, at: now });
    return allowed;
  };
};
