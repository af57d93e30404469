// A scan's families → the bytes that scrapes get, made once for each scan, and a family at a time so that requests get their turn.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { giveWay } from '../../clients/clock.ts';
import { renderHead, renderSample } from '../../reports/metrics/exposition.ts';
import type { MetricFamily } from '../../reports/metrics/families.ts';

export interface Exposition {
  readonly plain: Buffer;
  /** The same as one member of gzip: another one may follow. */
  readonly gzipped: Buffer;
}

const gzipAside = promisify(gzip);
const samplesAtOnce = 5_000;

async function* pieces(families: readonly MetricFamily[]): AsyncGenerator<Buffer> {
  for (const { samples, ...family } of families) {
    yield Buffer.from(renderHead(family, 'text'));
    for (let from = 0; from < samples.length; from += samplesAtOnce) {
      const some = samples.slice(from, from + samplesAtOnce);
      yield Buffer.from(some.map(sample => renderSample(family.name, sample)).join(''));
      await giveWay();
    }
  }
}

/** Prometheus' text format alone: in OpenMetrics no gauge may end in `_total`, as those of the contract do. */
export const renderExposition = async (families: readonly MetricFamily[]): Promise<Exposition> => {
  const plain = Buffer.concat(await Array.fromAsync(pieces(families)));
  return { plain, gzipped: await gzipAside(plain, { level: 4 }) };
};
