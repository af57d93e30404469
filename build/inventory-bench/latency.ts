// The least time that a scan of late answers can take, from what the server was asked.
import type { RecordedExchange } from '../../test/servers/exchanges.ts';

/** What the sweep allows itself: calls of the whole scan, and of one service in one region. */
const inFlight = 64;
const perService = 8;

export interface Bound {
  readonly name: string;
  readonly seconds: number;
}

const taggingService = 'tagging';

const countBy = (exchanges: readonly RecordedExchange[], key: (exchange: RecordedExchange) => string) =>
  new Map([...Map.groupBy(exchanges, key)].map(([name, group]) => [name, group.length]));

/**
 * Calls of one service in one region that cannot be made at once, roughly: the first row is asked alone, the others after
 * it, and where a call was made several times, its pages or the questions about its items follow the answer before.
 */
const chainOf = (exchanges: readonly RecordedExchange[]): number => {
  const byAction = countBy(exchanges, ({ action, typeName }) => `${action} ${typeName ?? ''}`);
  const isRepeated = [...byAction.values()].some(count => count > 1);
  return byAction.size === 1 ? 1 : isRepeated ? 3 : 2;
};

/** The greatest of these is the bound. */
export const lowerBounds = (exchanges: readonly RecordedExchange[], latency: number): Bound[] => {
  const seconds = (calls: number): number => (calls * latency) / 1000;
  const services = Map.groupBy(exchanges, ({ service, region }) => `${service} ${region}`);
  const perPlace = [...services].map(([name, group]) => ({ name, calls: group.length / perService }));
  const busiest = perPlace.sort((a, b) => b.calls - a.calls)[0] ?? { name: '', calls: 0 };
  const tagged = countBy(
    exchanges.filter(({ service }) => service === taggingService),
    ({ region }) => region,
  );
  const chains = [...services]
    .filter(([name]) => !name.startsWith(`${taggingService} `))
    .map(([name, group]) => ({ name, calls: (tagged.get(name.split(' ')[1] ?? '') ?? 0) + chainOf(group) }));
  const longest = chains.sort((a, b) => b.calls - a.calls)[0] ?? { name: '', calls: 0 };
  return [
    { name: `${exchanges.length} requests, ${inFlight} at once`, seconds: seconds(exchanges.length / inFlight) },
    {
      name: `${busiest.name}: ${Math.round(busiest.calls * perService)} requests, ${perService} at once`,
      seconds: seconds(busiest.calls),
    },
    { name: `${longest.name}: ${longest.calls} one after the other, tags first`, seconds: seconds(longest.calls) },
  ];
};
