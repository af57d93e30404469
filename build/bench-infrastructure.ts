// npm run bench:infrastructure: `infrastructure plan` over an up-to-date estate, with the role in every account of the Organization.
import { fileURLToPath } from 'node:url';
import { startMoto } from '../clients/simulator/moto.ts';
import { prepareMoto } from '../clients/simulator/moto-environment.ts';
import { startEstate } from '../test/infrastructure/estate.ts';

const accounts = Number(process.argv[2] ?? 200);
const rounds = 5;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const moto = await startMoto(
  await prepareMoto({
    environment: process.env,
    requirements: fileURLToPath(new URL('../sandbox/requirements.txt', import.meta.url)),
    announce: say,
  }),
);
const names = ['security', ...Array.from({ length: accounts - 2 }, (_, at) => `team-${at + 1}`)];
const estate = await startEstate(moto.url, names);
const flags = ['--oidc-provider-prod', 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF'];
const timed = async (command: string, ...more: string[]) => {
  const from = estate.proxy.history.length;
  const started = performance.now();
  const end = await estate.infrastructure(command, ...flags, ...more);
  const seconds = (performance.now() - started) / 1000;
  if (end.exitCode !== 0) throw new Error(`${command} ended with ${end.exitCode}: ${end.stderr}`);
  return { seconds, requests: estate.proxy.history.length - from };
};
try {
  say(`Rolling out to ${accounts} accounts of the simulator …`);
  const applied = await timed('apply');
  const plans = [];
  for (let round = 0; round < rounds; round += 1) plans.push(await timed('plan', '--exit-code'));
  const seconds = plans.map(plan => plan.seconds).sort((a, b) => a - b);
  console.log(`accounts                        ${accounts}`);
  console.log(`apply, from nothing             ${applied.seconds.toFixed(1)} s, ${applied.requests} requests`);
  console.log(`plan, up to date, median of ${rounds}   ${seconds[Math.floor(rounds / 2)]?.toFixed(2)} s`);
  console.log(`  slowest                       ${seconds.at(-1)?.toFixed(2)} s, ${plans[0]?.requests} requests`);
} finally {
  await estate.stop();
  await moto.stop();
}
