// Parents before children: what listed resources answer to the inputs of the types that lie below them.
import { type AwsErrorFacts, describeAwsError } from '../../../clients/aws/errors.ts';
import type { CatalogueType } from '../../../contract/catalogue/catalogue.ts';

export type Model = Readonly<Record<string, string>>;

/** A resource as its tier showed it. */
export interface ParentResource {
  readonly arn: string;
  /** CloudFormation's identifier. */
  readonly id: string;
  /** Members of the API's answer or CloudFormation's properties, with the inputs under which it was listed. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** How the listing of the parents ended: null when all of them are known, else why some are not. */
export type ParentsEnd = AwsErrorFacts | null;

export interface Parents {
  readonly models: readonly Model[];
  /** Parents beyond the cap. */
  readonly truncated: number;
  readonly end: ParentsEnd;
}

export interface ParentBook {
  /** Notes a resource whose type has others below it. */
  readonly note: (region: string, type: string, resource: ParentResource) => void;
  /** No more resources of the type come from this region. */
  readonly close: (region: string, type: string, end: ParentsEnd) => void;
  /** Resolves when the listing of the type's parents in the region has ended. */
  readonly parentsOf: (region: string, type: CatalogueType) => Promise<Parents>;
}

const plain = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
const suffixForm = /(identifier|id|arn|name)$/;

/** Inputs that are ARNs, whatever they are called. */
const arnInputs: ReadonlySet<string> = new Set(['contactflowid', 'contactflowmoduleid']);

const textsOf = (members: ParentResource['members']): Map<string, string> =>
  new Map(
    Object.entries(members).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[plain(name), value] as const] : [],
    ),
  );

/** The last name of an ARN: the resource's own, whatever stands before it. */
const lastName = (arn: string): string | undefined => arn.split(/[:/]/).findLast(part => part !== '');

/** What a resource without a member of the input's name is called in its place. */
const nearestAnswer = (input: string, { arn, id }: ParentResource, texts: Map<string, string>): string | undefined => {
  const suffix = arnInputs.has(input) ? 'arn' : (suffixForm.exec(input)?.[1] ?? '');
  const isArn = id.startsWith('arn:');
  if (suffix === 'arn') return texts.get('arn') ?? (arn || (isArn ? id : undefined));
  if (id !== '' && !id.includes('|') && !isArn) return id;
  const told = texts.get(suffix) ?? texts.get('id');
  if (told !== undefined || !isArn) return told;
  // An identifier may be an ARN, an id or a name is its last part.
  return suffix === 'id' || suffix === 'name' ? lastName(id) : id;
};

/** What a resource answers to an input: its member of that name, or what the name is made of; undefined for neither. */
export const answerInput = (input: string, resource: ParentResource): string | undefined => {
  const texts = textsOf(resource.members);
  return texts.get(plain(input)) ?? nearestAnswer(plain(input), resource, texts);
};

/** The inputs as one resource answers them; undefined when it lacks one, or would answer two with the same word. */
export const modelOf = (keys: readonly string[], resource: ParentResource): Model | undefined => {
  const answers = keys.flatMap(key => {
    const answer = answerInput(key, resource);
    return answer === undefined ? [] : [[key, answer] as const];
  });
  const isWhole = new Set(answers.map(([, answer]) => answer)).size === keys.length;
  return isWhole ? Object.fromEntries(answers) : undefined;
};

/** More parents than this would be as many calls; the rest is reported as truncated. */
const parentsPerType = 2_000;

interface Child {
  readonly type: string;
  readonly keys: readonly string[];
}

/** What one type's parents answered to the inputs of one type below it. */
interface Answers {
  /** By their own text: two parents that answer alike are asked about once. */
  readonly models: Map<string, Model>;
  truncated: number;
  unanswered: number;
}

interface Entry {
  readonly answers: ReadonlyMap<string, Answers>;
  readonly ended: Promise<ParentsEnd>;
  readonly end: (end: ParentsEnd) => void;
}

const newEntry = (children: readonly Child[]): Entry => {
  const { promise, resolve } = Promise.withResolvers<ParentsEnd>();
  const answers = new Map(children.map(({ type }) => [type, { models: new Map(), truncated: 0, unanswered: 0 }]));
  return { answers, ended: promise, end: resolve };
};

const noteAnswers = (answers: Answers, model: Model | undefined): void => {
  const key = JSON.stringify(model);
  if (model === undefined) answers.unanswered += 1;
  else answers.models.set(key, model);
};

/** What lies below them cannot be asked for, as of a type whose inputs nobody knows. */
const unaskable = (message: string): AwsErrorFacts => ({
  ...describeAwsError({ name: 'ParentUnanswered', message }),
  kind: 'unsupported',
});

const childrenOf = (types: readonly CatalogueType[]): Map<string, Child[]> => {
  const children = types.flatMap(({ type, list }) =>
    list?.below === undefined ? [] : [{ type, keys: list.keys ?? [], below: list.below }],
  );
  return Map.groupBy(children, ({ below }) => below);
};

export const createParentBook = (types: readonly CatalogueType[]): ParentBook => {
  const listed = new Set(types.map(({ type }) => type));
  const children = childrenOf(types);
  const entries = new Map<string, Entry>();
  const entryOf = (region: string, type: string): Entry => {
    const key = `${region} ${type}`;
    const entry = entries.get(key) ?? newEntry(children.get(type) ?? []);
    entries.set(key, entry);
    return entry;
  };
  return {
    note: (region, type, resource) => {
      for (const child of children.get(type) ?? []) {
        const answers = entryOf(region, type).answers.get(child.type);
        if (answers === undefined) continue;
        // Of a million parents only the first are asked about: what the others would answer is not worked out.
        if (answers.models.size < parentsPerType) noteAnswers(answers, modelOf(child.keys, resource));
        else answers.truncated += 1;
      }
    },
    close: (region, type, end) => {
      if (children.has(type)) entryOf(region, type).end(end);
    },
    parentsOf: async (region, { type, list }) => {
      const parent = list?.below ?? '';
      if (!listed.has(parent)) return { models: [], truncated: 0, end: unaskable(`${parent} is not listed`) };
      const entry = entryOf(region, parent);
      const end = await entry.ended;
      const answers = entry.answers.get(type);
      if (answers === undefined) return { models: [], truncated: 0, end };
      const { models, truncated, unanswered } = answers;
      const lack = unanswered === 0 ? null : unaskable(`${unanswered} of ${parent} do not answer its inputs`);
      return { models: [...models.values()], truncated, end: end ?? lack };
    },
  };
};
