// A snapshot → the bytes that scrapes get, made once, a few milliseconds at a time, and never more series than the budget has.
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { giveWay } from '../../clients/clock.ts';
import { type ExpositionFormat, renderHead } from '../../reports/metrics/exposition.ts';
import type { FamilyQuestion, SnapshotFamily } from './snapshot-family.ts';
import { type KnownLines, writeSamples } from './write-samples.ts';

/** Bytes, and the same as a piece of a deflated stream that is not its last. */
interface Segment {
  readonly plain: Buffer;
  readonly deflated: Buffer;
}

interface FamilySegments {
  readonly heads: Readonly<Record<ExpositionFormat, Segment>>;
  /** Of both formats: they differ in the heads alone. */
  readonly samples: Segment;
}

interface RenderedFormat {
  readonly plain: readonly Buffer[];
  readonly deflated: Buffer;
  readonly crc: number;
  readonly bytes: number;
}

export interface RenderedSnapshot {
  readonly formats: Readonly<Record<ExpositionFormat, RenderedFormat>>;
  readonly series: number;
  /** By family: series that the budget had no room for; 0 for those that are there. */
  readonly dropped: ReadonlyMap<string, number>;
}

export interface RenderOptions extends FamilyQuestion {
  readonly families: readonly SnapshotFamily[];
  readonly maxSeries: number;
  /** Of the snapshots before: what is the same is not written again. */
  readonly known: KnownLines;
}

const deflateAside = promisify(deflateRaw);
/** Whole bytes, and no end: another piece can follow. */
const openEnd = { level: 4, finishFlush: constants.Z_SYNC_FLUSH };

const head = (family: SnapshotFamily, format: ExpositionFormat): Segment => {
  const plain = Buffer.from(renderHead(family, format));
  return { plain, deflated: deflateRawSync(plain, openEnd) };
};

const joinFormat = async (families: readonly FamilySegments[], format: ExpositionFormat): Promise<RenderedFormat> => {
  const segments = families.flatMap(({ heads, samples }) => [heads[format], samples]);
  let crc = 0;
  for (const { plain } of segments) {
    crc = crc32(plain, crc);
    await giveWay();
  }
  return {
    plain: segments.map(({ plain }) => plain),
    deflated: Buffer.concat(segments.map(({ deflated }) => deflated)),
    crc,
    bytes: segments.reduce((sum, { plain }) => sum + plain.length, 0),
  };
};

/** A family is there whole or not at all: half of one would add up to a wrong sum, and nobody would see it. */
export const renderSnapshot = async ({
  families,
  maxSeries,
  known,
  ...question
}: RenderOptions): Promise<RenderedSnapshot> => {
  const written: FamilySegments[] = [];
  const dropped = new Map<string, number>();
  let series = 0;
  for (const [place, family] of families.entries()) {
    const { pieces, count } = await writeSamples({ family, place, question, room: maxSeries - series, known });
    const fits = series + count <= maxSeries;
    dropped.set(family.name, fits ? 0 : count);
    if (!fits) continue;
    series += count;
    const plain = Buffer.concat(pieces);
    const samples = { plain, deflated: await deflateAside(plain, openEnd) };
    written.push({ heads: { text: head(family, 'text'), openmetrics: head(family, 'openmetrics') }, samples });
  }
  const formats = { text: await joinFormat(written, 'text'), openmetrics: await joinFormat(written, 'openmetrics') };
  return { formats, series, dropped };
};

const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** The snapshot's bytes, and behind them what is only known now. */
export const plainBody = ({ plain }: RenderedFormat, rest: string): Uint8Array<ArrayBuffer> =>
  Buffer.concat([...plain, Buffer.from(rest)]);

/** The same as one member of gzip: what was deflated before is not deflated again. */
export const gzipBody = ({ deflated, crc, bytes }: RenderedFormat, rest: string): Uint8Array<ArrayBuffer> => {
  const end = Buffer.from(rest);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(end, crc), 0);
  trailer.writeUInt32LE((bytes + end.length) % 2 ** 32, 4);
  return Buffer.concat([gzipHeader, deflated, deflateRawSync(end), trailer]);
};
