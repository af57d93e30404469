// What the account server answers from: resources by region and type, what a type refuses, and what the two hint services
// know. Data, and the pure functions that look things up in it; nothing is sent here.

export interface ModelResource {
  /** Left out: the description has no Identifier, as no documented answer should look. */
  readonly identifier?: string;
  /** A text is sent as it is, malformed or not. Left out: the description has an Identifier alone. */
  readonly properties?: Readonly<Record<string, unknown>> | string;
  /** Under which input it is listed; a key that is not here is looked up in the properties. */
  readonly under?: Readonly<Record<string, string>>;
  /** What the Resource Explorer knows it by; it does not know a resource without one. */
  readonly arn?: string;
  /** `ec2:instance`; left out: derived from the type name. */
  readonly explorerType?: string;
}

export interface Broken {
  readonly code?: 'HandlerInternalFailureException' | 'GeneralServiceException' | 'ServiceInternalErrorException';
  readonly message: string;
  /** Breaks after so many good pages (0). */
  readonly afterPages?: number;
}

/** The handler reports what the service behind it refused. */
export interface DeniedByHandler {
  /** `kafka:ListClusters` */
  readonly permission: string;
  readonly as?: 'AccessDeniedException' | 'GeneralServiceException';
}

export interface TypeModel {
  readonly resources?: readonly ModelResource[];
  /** Keys that the ResourceModel must carry. */
  readonly required?: readonly string[];
  /** The values that such a key may have, where it is no parent. */
  readonly enums?: Readonly<Record<string, readonly string[]>>;
  readonly broken?: Broken;
  readonly unsupported?: boolean;
  /** The type is not there in this region. */
  readonly absent?: boolean;
  readonly denied?: 'no-policy' | 'service-control-policy' | DeniedByHandler;
  /** So many listings are throttled first; Infinity for ever. */
  readonly throttled?: number;
  /** The words of an InvalidRequestException: `… is not subscribed to …`. */
  readonly notEnabled?: string;
  /** So many pages carry nothing but a NextToken before the first with resources. */
  readonly emptyPages?: number;
  readonly pageSize?: number;
  /** The listing holds no Properties; GetResource does. */
  readonly identifiersOnly?: boolean;
  /** The answer lacks ResourceDescriptions. */
  readonly withoutDescriptions?: boolean;
}

export interface ExplorerResource {
  readonly arn: string;
  /** `ec2:instance` */
  readonly resourceType: string;
  readonly typeName?: string;
}

export interface ExplorerModel {
  /** An aggregator knows every region's resources. */
  readonly index: 'local' | 'aggregator';
  readonly defaultView?: boolean;
  readonly denied?: boolean;
  readonly pageSize?: number;
  /** Type names that are not indexed. */
  readonly omits?: readonly string[];
  /** What the index still or already knows, and Cloud Control does not. */
  readonly extra?: readonly ExplorerResource[];
}

export interface RecorderModel {
  readonly on: boolean;
  readonly denied?: boolean;
  readonly pageSize?: number;
  /** Instead of the model's own counts, by type name. */
  readonly counts?: Readonly<Record<string, number>>;
}

export interface RegionModel {
  readonly types?: Readonly<Record<string, TypeModel>>;
  /** Left out: no index in this region. */
  readonly explorer?: ExplorerModel;
  /** Left out: no recorder, which answers like one that is off. */
  readonly recorder?: RecorderModel;
}

export interface AccountModel {
  readonly regions?: Readonly<Record<string, RegionModel>>;
  /** Types that answer in every region, unless the region says otherwise. */
  readonly everywhere?: Readonly<Record<string, TypeModel>>;
  /** What a type is that the model does not name: a known listing without resources (default), or not there. */
  readonly unknownTypes?: 'empty' | 'not-found';
  readonly pageSize?: number;
}

export const typesOf = (model: AccountModel, region: string): Readonly<Record<string, TypeModel>> => ({
  ...model.everywhere,
  ...model.regions?.[region]?.types,
});

export const findType = (model: AccountModel, region: string, typeName: string): TypeModel => {
  const named = model.regions?.[region]?.types?.[typeName] ?? model.everywhere?.[typeName];
  return named ?? (model.unknownTypes === 'not-found' ? { absent: true } : {});
};

const inputOf = ({ under, properties }: ModelResource, key: string): unknown =>
  under?.[key] ?? (typeof properties === 'object' ? properties[key] : undefined);

/** Those that are listed under this input; without required keys, all. */
export const listedUnder = (type: TypeModel, input: Readonly<Record<string, unknown>>): readonly ModelResource[] =>
  (type.resources ?? []).filter(resource => (type.required ?? []).every(key => inputOf(resource, key) === input[key]));

export interface Cut {
  readonly size: number;
  /** The question that the page belongs to: a token of another question is not valid. */
  readonly question: string;
  readonly token: string | undefined;
  readonly emptyPages?: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many pages were given before this one. */
  readonly before: number;
  readonly nextToken: string | undefined;
}

const readToken = (token: string | undefined, question: string): number | null => {
  if (token === undefined) return 0;
  const [page = '', ...asked] = Buffer.from(token, 'base64url').toString().split(' ');
  return /^[1-9]\d*$/.test(page) && asked.join(' ') === question ? Number(page) : null;
};

/** One page; null where the token is none of this question. */
export const cutPage = <Item>(items: readonly Item[], cut: Cut): Page<Item> | null => {
  const before = readToken(cut.token, cut.question);
  if (before === null) return null;
  const empty = cut.emptyPages ?? 0;
  const start = Math.max(0, before - empty) * cut.size;
  const shown = before < empty ? [] : items.slice(start, start + cut.size);
  const more = before < empty || start + cut.size < items.length;
  const nextToken = more ? Buffer.from(`${before + 1} ${cut.question}`).toString('base64url') : undefined;
  return { items: shown, before, nextToken };
};
