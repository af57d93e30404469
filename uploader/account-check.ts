// Whose report is it? Every element of the inventory names its account; other reports, or their elements, may: then it
// must be this one.
import { cutText } from '../contract/outcome.ts';
import { JsonScan, type Mark } from './json-scan.ts';

/** Names under which scanners write the account of a whole report. */
const accountNames: ReadonlySet<string> = new Set(['account', 'account_id', 'accountId']);

const notAnInventory = 'it is not an array of resources';

/** `text` is JSON in bytes. Most texts need no parsing, which would take most of the time of the whole check. */
const parseText = (text: string): unknown => {
  const plain = /^\s*"([\x20\x21\x23-\x5b\x5d-\x7e]*)"\s*$/.exec(text);
  if (plain !== null) return plain[1];
  try {
    return JSON.parse(Buffer.from(text, 'latin1').toString());
  } catch {
    return undefined;
  }
};

/** Some scanners write the id as a number, which loses its leading zeros. */
const asAccountId = (value: unknown): unknown => (typeof value === 'number' ? String(value).padStart(12, '0') : value);

const shown = (value: unknown): string => cutText(JSON.stringify(value) ?? 'no plain value', 40);

/** Checks a report while it is read, in pieces of any size and in constant memory. */
export class ReportCheck {
  readonly #isInventory: boolean;
  readonly #accountId: string;
  readonly #scan = new JsonScan((mark, depth) => this.#follow(mark, depth));
  #problem: string | undefined;
  #root: Mark | undefined;
  #elements = 0;
  /** Whether the element that is being read is an object. */
  #isObject = false;
  /** The name of the member that is being read, if it says whose report this is. */
  #name: string | undefined;
  /** Of the object that is being read: whether it said so, and what it said that is wrong. */
  #hasClaim = false;
  readonly #wrongClaims = new Map<string, unknown>();

  /** `kind` is that of the report's file name. */
  constructor(kind: string, accountId: string) {
    this.#isInventory = kind === 'recon';
    this.#accountId = accountId;
  }

  /** Takes the next piece of the file; false once it is clear that the report cannot be sent. */
  write(piece: Buffer): boolean {
    return this.#scan.write(piece) && this.#problem === undefined;
  }

  /** After the last piece: why the report cannot be sent; undefined when it is whole and about the account. */
  end(): string | undefined {
    if (this.#problem !== undefined) return this.#problem;
    if (!this.#scan.end()) return this.#scan.problem;
    return this.#isInventory && this.#root !== '[' ? notAnInventory : undefined;
  }

  #follow(mark: Mark, depth: number): void {
    if (this.#problem !== undefined) return;
    if (depth === 0 && this.#root === undefined) {
      this.#root = mark;
      if (this.#isInventory && mark !== '[') this.#problem = notAnInventory;
      return;
    }
    const memberDepth = this.#root === '[' ? 2 : 1;
    if (depth === memberDepth) this.#followMember(mark);
    else if (depth === memberDepth - 1 && mark === '}') {
      this.#endMember(this.#scan.text);
      this.#judge();
    }
    if (this.#root === '[' && depth <= 1 && this.#problem === undefined) this.#followElement(mark, depth);
  }

  #followMember(mark: Mark): void {
    if (mark === ':') {
      const { initial } = this.#scan;
      const mayClaim = initial === 'a' || initial === '\\' || initial === undefined;
      const name = mayClaim ? parseText(this.#scan.text ?? '') : undefined;
      this.#name = typeof name === 'string' && this.#isClaim(name) ? name : undefined;
    } else if (mark === ',') this.#endMember(this.#scan.text);
    else if (mark === '{' || mark === '[') this.#endMember(undefined);
  }

  #isClaim(name: string): boolean {
    return this.#isInventory ? name === 'account' : accountNames.has(name);
  }

  /** `text` is the member's value, undefined when that is an array, an object or very long. */
  #endMember(text: string | undefined): void {
    if (this.#name === undefined) return;
    const value = text === undefined ? undefined : parseText(text);
    // A scanner that does not know writes null, and an `account` with members of its own is no id.
    const isRight = asAccountId(value) === this.#accountId || (!this.#isInventory && (value ?? null) === null);
    // Of a name that is given twice the later value counts, as for every reader of the report.
    if (!isRight) this.#wrongClaims.set(this.#name, value);
    else if (this.#wrongClaims.size > 0) this.#wrongClaims.delete(this.#name);
    this.#hasClaim = true;
    this.#name = undefined;
  }

  /** At the end of an object that may say whose report this is. */
  #judge(): void {
    const where = this.#root === '[' ? `of element ${this.#elements} ` : '';
    for (const [name, value] of this.#wrongClaims) {
      this.#problem = `its ${name} ${where}is ${shown(value)}, not ${this.#accountId}`;
    }
    if (this.#isInventory && !this.#hasClaim) this.#problem = `its element ${this.#elements} names no account`;
    this.#hasClaim = false;
  }

  /** In the outermost array: marks of depth 1 stand between and around elements, its own end has depth 0. */
  #followElement(mark: Mark, depth: number): void {
    if (mark === '{') this.#isObject = true;
    else if (mark === '[' || mark === ',' || depth === 0) {
      const isEmptyArray = depth === 0 && this.#elements === 0 && this.#scan.text?.trim() === '';
      if (this.#isInventory && !this.#isObject && !isEmptyArray) {
        this.#problem = `its element ${this.#elements} is not an object`;
      }
      // An array that is an element begins here; what ends it comes later.
      if (mark !== '[') this.#elements += 1;
      this.#isObject = false;
    }
  }
}

/**
 * Whether this is an inventory in its plain form: what nearly all are, told in a fifth of the time of the check above.
 * False says nothing, so ask the check. For small contents alone: values take many times the memory of their text.
 */
export const isPlainInventory = (content: Buffer, accountId: string): boolean => {
  try {
    const elements: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content));
    return (
      Array.isArray(elements) &&
      elements.every(element => (element as { account?: unknown } | null)?.account === accountId)
    );
  } catch {
    return false;
  }
};
