// The account of the bench: everything the tests' seeds can make in moto, and a model of what moto cannot hold.
import { type AwsConnection, clientConfiguration, readAwsConnection } from '../../clients/aws/connection.ts';
import { scanTuning } from '../../clients/aws/inventory/walk.ts';
import { startMoto } from '../../clients/simulator/moto.ts';
import { prepareMoto } from '../../clients/simulator/moto-environment.ts';
import { type AccountServer, startAccountServer } from '../../test/servers/start-account-server.ts';
import { enterAccount } from '../../test/setup/seeds/enter-account.ts';
import type { Seed } from '../../test/setup/seeds/seed.ts';
import { seedGroups } from '../../test/setup/seeds/seeds.ts';
import { buildModel, type ModelledResource } from './cloud-control-model.ts';
import { startTape, type Tape } from './tape.ts';

export const benchAccount = '123412341234';

export interface BenchAccount {
  readonly regions: readonly string[];
  readonly server: AccountServer;
  /** Answers the same from memory, each answer late by so many milliseconds. */
  readonly startEcho: (latency: number) => Promise<AccountServer>;
  /** Session credentials of the account. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** What the seeds said that they made; not every API tells an ARN. */
  readonly seeded: readonly string[];
  readonly modelled: readonly ModelledResource[];
  readonly stop: () => Promise<void>;
}

/** Data first: its seeds take the default subnets, beside which those of networks make others. */
const seedsOf = (quick: boolean): readonly Seed[] =>
  (quick ? ['base', 'data'] : ['data', 'governance', 'applications', 'base', 'compute']).flatMap(
    group => seedGroups[group] ?? [],
  );

/** Seeds in one region; one that moto refuses there makes nothing, and is told. */
const seedRegion = async (connection: AwsConnection, seeds: readonly Seed[], tape: Tape) => {
  const { region } = connection;
  const arns: string[] = [];
  const refused: string[] = [];
  const configuration = clientConfiguration(connection, scanTuning);
  for (const [number, seed] of seeds.entries()) {
    tape.nameApart(`-${region}-${number}`);
    try {
      const made = await seed.create({ configuration, region, account: benchAccount });
      arns.push(...made.filter(arn => arn !== undefined));
    } catch (thrown) {
      refused.push(`${region} ${seed.types.join(',')}: ${(thrown as Error).message}`);
    }
  }
  tape.nameApart('');
  return { arns, refused };
};

const startServers = async (regions: readonly string[], tape: Tape) => {
  const { model, resources } = buildModel({ account: benchAccount, regions });
  const serve = (latency: number) => startAccountServer({ upstream: tape.url, model, latency });
  return { server: await serve(0), serve, resources };
};

/** Starts everything; stop() ends it. */
export const startBenchAccount = async (regions: readonly string[], quick: boolean): Promise<BenchAccount> => {
  const announce = (text: string) => console.error(text);
  const python = await prepareMoto({ environment: process.env, requirements: 'sandbox/requirements.txt', announce });
  const moto = await startMoto(python);
  const tape = await startTape(moto.url);
  const { server, serve, resources } = await startServers(regions, tape);
  process.env['AWS_ENDPOINT_URL'] = server.url;
  const own = { accessKeyId: 'AKIABENCHBENCHBENCH0', secretAccessKey: 'bench' };
  const base = { ...readAwsConnection({ AWS_ENDPOINT_URL: server.url }, regions[0]), credentials: own };
  const connection = await enterAccount(base, benchAccount);
  const seeded: string[] = [];
  for (const [at, region] of regions.entries()) {
    announce(`Seeding ${region}.`);
    const seeds = seedsOf(quick).filter(({ global }) => !global || at === 0);
    const { arns, refused } = await seedRegion({ ...connection, region }, seeds, tape);
    seeded.push(...arns);
    for (const line of refused) announce(`not seeded: ${line}`);
  }
  return {
    regions,
    server,
    startEcho: latency => {
      tape.playAlone();
      return serve(latency);
    },
    credentials: connection.credentials as BenchAccount['credentials'],
    seeded,
    modelled: resources,
    stop: async () => {
      await server.stop();
      await tape.stop();
      await moto.stop();
    },
  };
};
