// The lines of one family, a few milliseconds at a time; those of an account that has not changed are taken from the last time.
import { giveWay, startStopwatch } from '../../clients/clock.ts';
import { renderSample } from '../../reports/metrics/exposition.ts';
import type { AccountView } from '../snapshot.ts';
import type { FamilyQuestion, SnapshotFamily } from './snapshot-family.ts';

interface Lines {
  readonly count: number;
  /** undefined where there was no room for the family: the lines were only counted. */
  readonly text: string | undefined;
}

/** Two lists by the family's place, and no object for each family: ten thousand accounts have some of each. */
interface AccountLines {
  readonly counts: (number | undefined)[];
  readonly texts: (string | undefined)[];
}

/** An account that has changed is another object, and its lines go with the old one. */
export type KnownLines = WeakMap<AccountView, AccountLines>;

export interface Writing {
  readonly family: SnapshotFamily;
  /** Among the families, which are the same and in the same order for all that is known. */
  readonly place: number;
  readonly question: FamilyQuestion;
  /** Series that the budget has left. */
  readonly room: number;
  readonly known: KnownLines;
}

export interface WrittenSamples {
  readonly pieces: readonly Buffer[];
  /** Of which the pieces hold no more than there is room for. */
  readonly count: number;
}

/** Seconds of work after which requests that wait get their turn. */
const turn = 0.005;
const pieceLength = 64 * 1024;

/** A line is kept for long: as V8 puts it together it is a tree of its parts, three times as large as its characters. */
const flatten = (lines: readonly string[]): string => Buffer.from(lines.join('')).toString();

const knownOf = (known: KnownLines, account: AccountView): AccountLines => {
  const found = known.get(account);
  if (found !== undefined) return found;
  const lines = { counts: [], texts: [] };
  known.set(account, lines);
  return lines;
};

const linesOfAccount = ({ family, place, question, known }: Writing, account: AccountView, isRoom: boolean): Lines => {
  const { counts, texts } = knownOf(known, account);
  const count = counts[place];
  if (count !== undefined && (texts[place] !== undefined || !isRoom)) return { count, text: texts[place] };
  const samples = family.ofAccount?.(account, question) ?? [];
  const text = isRoom ? flatten(samples.map(sample => renderSample(family.name, sample))) : undefined;
  counts[place] = samples.length;
  texts[place] = text;
  return { count: samples.length, text };
};

function* linesOf(writing: Writing): Iterable<Lines> {
  const { family, question, room } = writing;
  let count = 0;
  if (family.ofAccount !== undefined) {
    for (const account of question.snapshot.accounts) {
      const lines = linesOfAccount(writing, account, count <= room);
      count += lines.count;
      yield lines;
    }
    return;
  }
  for (const sample of family.samples(question)) {
    yield { count: sample === undefined ? 0 : 1, text: sample && renderSample(family.name, sample) };
  }
}

export const writeSamples = async (writing: Writing): Promise<WrittenSamples> => {
  const { family, question, room } = writing;
  const counted = family.count?.(question) ?? 0;
  if (counted > room) return { pieces: [], count: counted };
  const pieces: Buffer[] = [];
  let text = '';
  let count = 0;
  let elapsed = startStopwatch();
  for (const lines of linesOf(writing)) {
    count += lines.count;
    if (count <= room) text += lines.text ?? '';
    if (text.length > pieceLength) {
      pieces.push(Buffer.from(text));
      text = '';
    }
    if (elapsed() < turn) continue;
    await giveWay();
    elapsed = startStopwatch();
  }
  return { pieces: [...pieces, Buffer.from(text)], count };
};
