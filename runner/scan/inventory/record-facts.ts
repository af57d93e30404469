// What people ask of every resource, found in whatever words its API has for it: its name, and when it was made. Pure.

type Members = Readonly<Record<string, unknown>>;

const plain = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();

const textOf = (members: ReadonlyMap<string, unknown>, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = members.get(name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
};

export interface NamedResource {
  /** CloudFormation's type. */
  readonly type: string;
  readonly members: Members;
  readonly tags: Readonly<Record<string, string>>;
}

/** The name that people gave it: the tag `Name`, or the member that its API calls so; null when it has none. */
export const nameOf = ({ type, members, tags }: NamedResource): string | null => {
  if (tags['Name']) return tags['Name'];
  const kind = plain(type.split('::').at(-1) ?? '');
  const byName = new Map(Object.entries(members).map(([name, value]) => [plain(name), value]));
  return textOf(byName, ['name', `${kind}name`, `${kind}identifier`]) ?? lastNamed(kind, byName) ?? null;
};

/** `GroupName` of a `SecurityGroup`: the kind ends with what the member is named after. */
const lastNamed = (kind: string, members: ReadonlyMap<string, unknown>): string | undefined => {
  for (const [name, value] of members) {
    if (!name.endsWith('name') || typeof value !== 'string' || value === '') continue;
    const stem = name.slice(0, -'name'.length);
    if (stem.length > 2 && kind.endsWith(stem)) return value;
  }
  return undefined;
};

const creationName =
  /^[a-z]*(creat(e|ed|ion)(d?ate|time|at|datetime|timestamp|on|edon)?|launchtime|createddate|creationdatetime)$/;
/** Of types whose creation is called otherwise. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Snapshot': ['starttime'],
  'AWS::ECS::TaskDefinition': ['registeredat'],
};

const earliest = Date.UTC(2000, 0, 1);

const timeOf = (value: unknown): string | undefined => {
  const number = typeof value === 'string' && /^\d{10}(\d{3})?(\.\d+)?$/.test(value) ? Number(value) : value;
  const date =
    typeof number === 'number'
      ? new Date(number > 100_000_000_000 ? number : number * 1000)
      : value instanceof Date
        ? value
        : typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
          ? new Date(value)
          : undefined;
  return date === undefined || Number.isNaN(date.getTime()) || date.getTime() < earliest
    ? undefined
    : date.toISOString();
};

/** When it was made, as ISO 8601 in UTC; null where its API does not say. */
export const createdAtOf = (type: string, members: Members): string | null => {
  const others = otherNames[type] ?? [];
  for (const [name, value] of Object.entries(members)) {
    const known = plain(name);
    if (!creationName.test(known) && !others.includes(known)) continue;
    const time = timeOf(value);
    if (time !== undefined) return time;
  }
  return null;
};
