// Reads a report byte by byte: is it whole JSON, and what stands at its outer levels? It builds no values, so 300 MB need
// no more memory than 3, and a million opening brackets are only bytes (JSON.parse takes 700 MB for 16 MB of them).
import { action, firstAction, firstFinalNumber, jsonTable, state } from './json-table.ts';

export type Mark = '{' | '}' | '[' | ']' | ':' | ',';

/**
 * Told of each structural byte that at most two brackets enclose (a bracket encloses neither itself nor its partner).
 * Inside it, `text` of the scan is what stood since the byte told before.
 */
export type MarkListener = (mark: Mark, depth: number) => void;

const toldDepth = 2;
const longestText = 256;
const marks: Readonly<Record<number, Mark>> = {
  [action.openObject]: '{',
  [action.closeObject]: '}',
  [action.openArray]: '[',
  [action.closeArray]: ']',
  [action.colon]: ':',
  [action.comma]: ',',
};

/** Which brackets are open, one bit each, so that depth costs next to nothing. */
class OpenBrackets {
  depth = 0;
  /** Whether the innermost one is an array's. */
  inArray = false;
  #arrays = new Uint8Array(64);

  push(isArray: boolean): void {
    const place = this.depth >> 3;
    if (place === this.#arrays.length) {
      const larger = new Uint8Array(place * 2);
      larger.set(this.#arrays);
      this.#arrays = larger;
    }
    const bit = 1 << (this.depth & 7);
    const others = (this.#arrays[place] ?? 0) & ~bit;
    this.#arrays[place] = isArray ? others | bit : others;
    this.depth += 1;
    this.inArray = isArray;
  }

  pop(): void {
    this.depth -= 1;
    const last = this.depth - 1;
    this.inArray = last >= 0 && ((this.#arrays[last >> 3] ?? 0) & (1 << (last & 7))) !== 0;
  }
}

/** Write the text in pieces of any size, then end it; `problem` says what is wrong, and where, once something is. */
export class JsonScan {
  problem: string | undefined;
  readonly #tell: MarkListener;
  readonly #open = new OpenBrackets();
  #state: number = state.value;
  /** Bytes of earlier pieces. */
  #offset = 0;
  #piece: Buffer = Buffer.alloc(0);
  /** Where in the piece the byte stands that is acted upon, and where the text before it begins. */
  #index = 0;
  #textFrom = 0;
  /** What earlier pieces held of that text. */
  #textHead = '';

  constructor(tell: MarkListener) {
    this.#tell = tell;
  }

  /** Takes the next piece; false once the text cannot become whole JSON any more. */
  write(piece: Buffer): boolean {
    this.#piece = piece;
    this.#textFrom = 0;
    // Locals alone in this loop: it runs once per byte.
    const table = jsonTable;
    const end = piece.length;
    let current = this.#state;
    for (let index = 0; index < end; index += 1) {
      const next = table[(current << 8) | (piece[index] as number)] as number;
      if (next < firstAction) current = next;
      else {
        this.#index = index;
        current = this.#act(next);
        if (this.problem !== undefined) return false;
      }
    }
    this.#state = current;
    this.#offset += piece.length;
    this.#textHead += this.#textUntil(end);
    return true;
  }

  /** The text is over; false when it lacks something. */
  end(): boolean {
    if (this.problem !== undefined) return false;
    const isWhole = this.#open.depth === 0 && (this.#state === state.after || this.#state >= firstFinalNumber);
    if (isWhole) return true;
    const isBlank = this.#open.depth === 0 && this.#state === state.value;
    this.problem = isBlank ? 'it is empty' : `it is cut off: the JSON is not complete after ${this.#offset} bytes`;
    return false;
  }

  /** For the listener: what stood since the mark before, byte for byte; undefined when it is long. */
  get text(): string | undefined {
    const text = this.#textHead + this.#textUntil(this.#index);
    return text.length > longestText ? undefined : text;
  }

  /**
   * For the listener: the first character of the string that `text` is, escaped or not; undefined when it is cut or none.
   * Cheaper than the text, and enough to pass over most names.
   */
  get initial(): string | undefined {
    if (this.#textHead !== '') return undefined;
    let from = this.#textFrom;
    while (from < this.#index && this.#piece[from] !== 0x22) from += 1;
    return from + 1 < this.#index ? String.fromCharCode(this.#piece[from + 1] as number) : undefined;
  }

  /** A byte more than `text` may have is enough to know that it is too long. */
  #textUntil(end: number): string {
    const room = longestText + 1 - this.#textHead.length;
    return this.#piece.toString('latin1', this.#textFrom, Math.min(end, this.#textFrom + room));
  }

  #act(what: number): number {
    const { depth, inArray } = this.#open;
    switch (what) {
      case action.openObject:
      case action.openArray:
        this.#mark(what, depth);
        this.#open.push(what === action.openArray);
        return what === action.openArray ? state.firstElement : state.firstName;
      case action.closeObject:
      case action.closeArray:
        if (depth === 0 || inArray !== (what === action.closeArray)) return this.#fail();
        this.#mark(what, depth - 1);
        this.#open.pop();
        return state.after;
      case action.colon:
        this.#mark(what, depth);
        return state.value;
      case action.comma:
        if (depth === 0) return this.#fail();
        this.#mark(what, depth);
        return inArray ? state.value : state.name;
      default:
        return this.#fail();
    }
  }

  #mark(what: number, depth: number): void {
    if (depth > toldDepth) return;
    this.#tell(marks[what] as Mark, depth);
    this.#textFrom = this.#index + 1;
    this.#textHead = '';
  }

  #fail(): number {
    const byte = this.#piece[this.#index] ?? 0;
    const isPrintable = byte > 0x20 && byte < 0x7f;
    const shown = isPrintable ? `"${String.fromCharCode(byte)}"` : `0x${byte.toString(16).padStart(2, '0')}`;
    this.problem = `it is not JSON: unexpected ${shown} at byte ${this.#offset + this.#index}`;
    return state.value;
  }
}
