// Before an encrypted state is read: what TF_ENCRYPTION says of its keys, in OpenTofu's own language or in JSON. Pure.

/** As JSON has it: blocks by type and labels, references as `${key_provider.pbkdf2.name}`. */
type Tree = { [name: string]: unknown };

export interface KeyProvider {
  /** `key_provider.pbkdf2.name`: how states name it. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface EncryptionSettings {
  readonly keyProviders: readonly KeyProvider[];
  /** What the methods bind their data to, beside that none is bound to anything. */
  readonly bound: readonly Buffer[];
}

const token =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*.*?\*\/|(?<text>"(?:\\.|[^"\\\n])*")|(?<word>[A-Za-z_][\w.-]*)|(?<number>-?\d+(?:\.\d+)?)|(?<mark>[{}[\]=,])|(?<other>.)/gsu;

type Token = { readonly kind: 'text' | 'word' | 'number' | 'mark'; readonly value: string };

const tokensOf = (source: string): Token[] =>
  [...source.matchAll(token)].flatMap(({ groups = {} }) => {
    const { text, word, number, mark, other } = groups;
    if (other !== undefined) throw new SyntaxError('an expression that is not read here');
    if (text !== undefined) return { kind: 'text', value: JSON.parse(text) as string } as const;
    if (word !== undefined) return { kind: 'word', value: word } as const;
    if (number !== undefined) return { kind: 'number', value: number } as const;
    return mark === undefined ? [] : ({ kind: 'mark', value: mark } as const);
  });

/** Takes tokens from the front of the list. */
class Reader {
  readonly #tokens: Token[];

  constructor(source: string) {
    this.#tokens = tokensOf(source).reverse();
  }

  #take(): Token {
    const taken = this.#tokens.pop();
    if (taken === undefined) throw new SyntaxError('it ends too early');
    return taken;
  }

  #takeMark(value: string): boolean {
    const next = this.#tokens.at(-1);
    if (next?.kind !== 'mark' || next.value !== value) return false;
    this.#tokens.pop();
    return true;
  }

  #list(): unknown[] {
    const values: unknown[] = [];
    while (!this.#takeMark(']')) {
      values.push(this.#value());
      this.#takeMark(',');
    }
    return values;
  }

  #value(): unknown {
    if (this.#takeMark('[')) return this.#list();
    if (this.#takeMark('{')) return this.body('}');
    const { kind, value } = this.#take();
    if (kind === 'text') return value;
    if (kind === 'number') return Number(value);
    if (kind === 'mark') throw new SyntaxError(`an unexpected ${value}`);
    return value === 'true' || value === 'false' ? value === 'true' : `\${${value}}`;
  }

  /** Attributes and blocks up to the mark, or to the end. */
  body(end: '}' | undefined): Tree {
    const tree: Tree = {};
    while (end === undefined ? this.#tokens.length > 0 : !this.#takeMark(end)) {
      const { value: name } = this.#take();
      if (this.#takeMark('=')) tree[name] = this.#value();
      else this.#block(tree, name);
      this.#takeMark(',');
    }
    return tree;
  }

  #block(tree: Tree, type: string): void {
    const path = [type];
    while (!this.#takeMark('{')) path.push(this.#take().value);
    let place = tree;
    for (const label of path.slice(0, -1)) {
      place[label] ??= {};
      place = place[label] as Tree;
    }
    place[path.at(-1) ?? type] = this.body('}');
  }
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON allows a list of blocks wherever a block may stand. */
const treesOf = (value: unknown): Tree[] => (Array.isArray(value) ? value : [value]).filter(isTree);

/** Blocks of `type` by their two labels. */
const labelled = (root: Tree, type: string): [string, string, Tree][] =>
  treesOf(root[type]).flatMap(kinds =>
    Object.entries(kinds).flatMap(([kind, names]) =>
      treesOf(names).flatMap(named =>
        Object.entries(named).flatMap(([name, body]) => treesOf(body).map(tree => [kind, name, tree] as const)),
      ),
    ),
  ) as [string, string, Tree][];

/**
 * Reads the configuration that OpenTofu takes from TF_ENCRYPTION: literals, lists and plain references; no functions.
 * Throws SyntaxError on anything else, with nothing of the text in its message.
 */
export const readEncryptionSettings = (source: string): EncryptionSettings => {
  const isJson = source.trimStart().startsWith('{');
  let root: unknown;
  try {
    root = isJson ? JSON.parse(source) : new Reader(source).body(undefined);
  } catch (cause) {
    // JSON's parser quotes what it read.
    throw isJson ? new SyntaxError('it is no JSON') : cause;
  }
  if (!isTree(root)) throw new SyntaxError('it is no block');
  const keyProviders = labelled(root, 'key_provider').map(([type, name, attributes]) => ({
    address: `key_provider.${type}.${name}`,
    type,
    attributes,
  }));
  const bound = labelled(root, 'method').flatMap(([, , { aad }]) =>
    Array.isArray(aad) && aad.every(byte => Number.isInteger(byte)) ? [Buffer.from(aad as number[])] : [],
  );
  return { keyProviders, bound };
};

/** `${key_provider.aws_kms.name}` as its address, `${var.name}` as its name; undefined for a literal. */
export const referenceIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? /^\$\{\s*([\w.-]+)\s*\}$/.exec(value)?.[1] : undefined;
