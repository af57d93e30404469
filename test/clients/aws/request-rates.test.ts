// The rates of a scan, with AWS's own client against a real server: how much is in flight, and what throttling costs.
import { CloudControlClient, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import { afterEach, describe, expect, it } from 'vitest';
import { clientConfiguration } from '../../../clients/aws/connection.ts';
import { createRequestRates, type RateLimits } from '../../../clients/aws/request-rates.ts';
import {
  type AccountServer,
  type AccountServerOptions,
  startAccountServer,
} from '../../servers/start-account-server.ts';
import { connectTo } from '../../setup/connection.ts';

let server: AccountServer;
afterEach(() => server.stop());

const open = async (
  given: Partial<AccountServerOptions>,
  limits: RateLimits = { inFlight: 64, perService: 8 },
  maxAttempts = 10,
) => {
  server = await startAccountServer({ upstream: undefined, model: {}, ...given });
  const connection = connectTo(server.url, maxAttempts);
  const end = new AbortController();
  const rates = createRequestRates(limits, end.signal);
  const connect = (region: string, service = 'cloudcontrol') => {
    const client = new CloudControlClient(clientConfiguration({ ...connection, region }));
    rates.govern(client, { service, region });
    return (count: number) =>
      Promise.allSettled(
        Array.from({ length: count }, () =>
          client.send(new ListResourcesCommand({ TypeName: 'AWS::SQS::Queue' }), { abortSignal: end.signal }),
        ),
      );
  };
  return { rates, connect, end };
};

const answered = (results: readonly PromiseSettledResult<unknown>[]): number =>
  results.filter(({ status }) => status === 'fulfilled').length;

describe('the calls of a scan', () => {
  it('are so many at once of one service in one region, whichever client makes them', async () => {
    const { connect } = await open({ latency: 20 }, { inFlight: 64, perService: 3 });
    const results = await Promise.all([connect('eu-west-1')(20), connect('eu-west-1')(20), connect('us-east-1')(20)]);
    expect(answered(results.flat())).toBe(60);
    expect(server.inFlight.maxByServiceRegion.get('cloudcontrolapi eu-west-1')).toBe(3);
    expect(server.inFlight.maxByServiceRegion.get('cloudcontrolapi us-east-1')).toBe(3);
  });

  it('are so many at once of all services together', async () => {
    const { connect } = await open({ latency: 20 }, { inFlight: 5, perService: 4 });
    const regions = ['eu-west-1', 'us-east-1', 'eu-central-1', 'ap-south-1'];
    await Promise.all(regions.map(region => connect(region)(10)));
    expect(server.inFlight.max).toBe(5);
  });

  it('are counted, each try by itself, and nothing is slowed that is not throttled', async () => {
    const { connect, rates } = await open({});
    await connect('eu-west-1')(7);
    await connect('us-east-1')(3);
    expect(rates.report()).toEqual([
      { service: 'cloudcontrol', region: 'eu-west-1', requests: 7, throttled: 0, throttledSeconds: 0 },
      { service: 'cloudcontrol', region: 'us-east-1', requests: 3, throttled: 0, throttledSeconds: 0 },
    ]);
  });

  it('are all answered in the end by a service that throttles, and what that cost is told', async () => {
    const { connect, rates } = await open({ rateLimit: { service: 'cloudcontrolapi', perSecond: 100, burst: 20 } });
    expect(answered(await connect('eu-west-1')(40))).toBe(40);
    const [report] = rates.report();
    const refused = server.requests.filter(({ status }) => status === 400).length;
    expect(refused).toBeGreaterThan(0);
    expect(report).toMatchObject({ requests: 40 + refused, throttled: refused });
    expect(report?.throttledSeconds).toBeGreaterThan(0);
    expect(refused).toBeLessThan(40);
  });

  it('that are throttled do not slow those of another region', async () => {
    const { connect, rates } = await open(
      { rateLimit: { service: 'cloudcontrolapi', perSecond: 0, burst: 4 } },
      undefined,
      2,
    );
    expect(answered(await connect('eu-west-1')(6))).toBe(4);
    expect(answered(await connect('us-east-1')(4))).toBe(4);
    const other = rates.report().find(({ region }) => region === 'us-east-1');
    expect(other).toMatchObject({ throttled: 0, throttledSeconds: 0 });
  });
});

describe('a stop', () => {
  it('frees at once everyone who waits: for an answer, for a place, for the pace, and for the next try', async () => {
    const { connect, end } = await open({ rateLimit: { service: 'cloudcontrolapi', perSecond: 0.001, burst: 1 } });
    const calls = connect('eu-west-1')(50);
    // Until each of the calls that may be made at once has been throttled.
    await expect
      .poll(() => server.requests.filter(({ status }) => status === 400).length, { interval: 5 })
      .toBeGreaterThan(6);
    const begun = performance.now();
    end.abort();
    const results = await calls;
    expect(performance.now() - begun).toBeLessThan(250);
    expect(answered(results)).toBe(1);
  });

  it('frees who waits for a server that is silent', async () => {
    const { connect, end } = await open({ latency: 60_000 }, { inFlight: 2, perService: 8 });
    const calls = connect('eu-west-1')(20);
    await expect.poll(() => server.requests.length, { interval: 5 }).toBe(2);
    const begun = performance.now();
    end.abort();
    expect(answered(await calls)).toBe(0);
    expect(performance.now() - begun).toBeLessThan(250);
  });
});
