// ARNs, read and written: how a resource that two APIs show is known to be one.

export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for global services, and for S3. */
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
}

/** The parts of an ARN; undefined when it is none. */
export const parseArn = (text: string): Arn | undefined => {
  const [scheme, partition, service, region, account, ...rest] = text.split(':');
  if (scheme !== 'arn' || rest.length === 0 || service === undefined || service === '') return undefined;
  return {
    partition: partition ?? '',
    service,
    region: region ?? '',
    account: account ?? '',
    resource: rest.join(':'),
  };
};

/** One key for all ways in which APIs write the same ARN: EC2 leaves the account out of snapshots and images, or not. */
export const arnIdentity = (text: string): string => {
  const arn = parseArn(text);
  return arn === undefined ? text : `${arn.service}:${arn.region}:${arn.resource}`;
};

/** Fills `{name}` places; undefined when a value is missing, because half an ARN would name nothing. */
export const fillTemplate = (template: string, values: Readonly<Record<string, unknown>>): string | undefined => {
  let whole = true;
  const text = template.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name];
    if (typeof value === 'string') return value;
    whole = false;
    return '';
  });
  return whole ? text : undefined;
};
