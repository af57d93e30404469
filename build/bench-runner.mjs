// npm run bench:runner: CPU and wall time of assume and of upload, bundled as in the image, beside the parts that they stand in for:
// a program in Go that assumes the role, and `aws s3 cp`.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheDirectory } from '../clients/simulator/cache-directory.ts';
import { startMoto } from '../clients/simulator/moto.ts';
import { prepareMoto } from '../clients/simulator/moto-environment.ts';

const rounds = Number(process.argv[2] ?? 15);
const account = '111122223333';
const bucket = 'inventory-bench';
const reportBytes = 500_000;

/** User and system time of a finished child; Node does not tell it. */
const measure = `
import os, subprocess, sys, time
begin = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, time.perf_counter() - begin, usage.ru_maxrss)
`;

const prepareAwsCli = async () => {
  const requirements = 'build/awscli-requirements.txt';
  const pins = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const directory = cacheDirectory(process.env, `awscli-${pins}`);
  if (existsSync(join(directory, 'complete'))) return directory;
  console.error('Fetching the AWS CLI into the cache; this happens once.');
  await rm(directory, { recursive: true, force: true });
  await execa(process.env.PYTHON || 'python3', ['-m', 'venv', directory]);
  await execa(join(directory, 'bin', 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--only-binary',
    ':all:',
    '-r',
    requirements,
  ]);
  await writeFile(join(directory, 'complete'), '');
  return directory;
};

/** Built once per version into the cache. */
const prepareEarlierRunner = async () => {
  const source = 'build/bench-runner';
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(await readFile(join(source, file)));
  const program = join(cacheDirectory(process.env, `bench-runner-${hash.digest('hex').slice(0, 12)}`), 'assume');
  if (existsSync(program)) return program;
  console.error('Building the Go program that assume is compared with; this happens once and takes up to a minute.');
  await execa('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', program, '.'], {
    cwd: source,
    env: { CGO_ENABLED: '0' },
  });
  return program;
};

/** An inventory of about `reportBytes` bytes. */
const writeReport = async directory => {
  const resources = [];
  for (let bytes = 0; bytes < reportBytes; ) {
    const arn = `arn:aws:ec2:eu-west-1:${account}:instance/i-${String(resources.length).padStart(17, '0')}`;
    const resource = { type: 'instance', arn, instance_type: 't3.micro', tags: [{ key: 'Name', value: 'größe' }] };
    const line = JSON.stringify({ account, service: 'EC2', region: 'eu-west-1', resource, timestamp: '2026-11-22' });
    resources.push(line);
    bytes += line.length + 2;
  }
  await mkdir(directory);
  await writeFile(join(directory, 'output.json'), `[\n${resources.join(',\n')}\n]\n`);
};

const commonEnvironment = (url, directory) => ({
  PATH: process.env.PATH,
  HOME: directory,
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'AKIABENCHBENCHBENCH0',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'eu-west-1',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  INVENTORY_RUN: 'bench',
  INVENTORY_ACCOUNT_ID: account,
  INVENTORY_TERMINATION_MESSAGE: join(directory, 'message'),
  INVENTORY_ROLE_ARN: `arn:aws:iam::${account}:role/managed/inventory`,
  INVENTORY_SESSION_NAME: 'inventory-bench',
  INVENTORY_CREDENTIALS_FILE: join(directory, 'creds'),
  INVENTORY_BUCKET: bucket,
  INVENTORY_PREFIX: 'AWSRecon',
  INVENTORY_DATE: '2026-11-22',
  INVENTORY_REPORTS_DIRECTORY: join(directory, 'recon'),
});

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const milliseconds = seconds => `${Math.round(seconds * 1000)} ms`;

const runOnce = async (python, command, env) => {
  const { stdout } = await execa(python, ['-c', measure, ...command], { extendEnv: false, env });
  const [exitCode, cpu, wall, rss] = stdout.split(' ').map(Number);
  if (exitCode !== 0) throw new Error(`${command.join(' ')} ended with ${exitCode}`);
  return { cpu, wall, rss };
};

const print = results => {
  const cpuOf = name => median(results[name].map(({ cpu }) => cpu));
  const wallOf = name => median(results[name].map(({ wall }) => wall));
  const yardstick = cpuOf('aws s3 cp');
  const row = cells => console.log(cells.map((cell, index) => cell.padEnd(index === 0 ? 26 : 14)).join(''));
  console.log(
    `\nmedians of ${rounds} rounds (and the least), Node ${process.version}, a report of ${reportBytes / 1000} kB\n`,
  );
  row(['', 'CPU', 'least', 'wall', 'memory', 'CPU / aws s3 cp']);
  for (const [name, runs] of Object.entries(results)) {
    const cpu = runs.map(run => run.cpu);
    row([
      name,
      milliseconds(median(cpu)),
      milliseconds(Math.min(...cpu)),
      milliseconds(median(runs.map(run => run.wall))),
      `${Math.round(median(runs.map(run => run.rss)) / 1024)} MiB`,
      (median(cpu) / yardstick).toFixed(2),
    ]);
  }
  const together = of =>
    ((of('assume') + of('upload')) / (of('a Go program that assumes') + of('aws s3 cp'))).toFixed(2);
  console.log(
    `\nassume and upload, beside the Go program and aws s3 cp: CPU ${together(cpuOf)}, wall ${together(wallOf)}`,
  );
};

const main = async directory => {
  const awscli = await prepareAwsCli();
  const earlier = await prepareEarlierRunner();
  const python = join(awscli, 'bin', 'python');
  await execa(process.execPath, ['build/bundle.mjs', join(directory, 'dist')]);
  await writeReport(join(directory, 'recon'));
  const requirements = 'sandbox/requirements.txt';
  const moto = await startMoto(
    await prepareMoto({ environment: process.env, requirements, announce: text => console.error(text) }),
  );
  try {
    await fetch(`${moto.url}/${bucket}`, { method: 'PUT', headers: { 'content-length': '0' } });
    const env = commonEnvironment(moto.url, directory);
    const cached = { ...env, NODE_COMPILE_CACHE: join(directory, 'compile-cache') };
    const program = name => [process.execPath, join(directory, 'dist', `${name}.mjs`)];
    const report = join(directory, 'recon', 'output.json');
    const contestants = {
      'a Go program that assumes': [[earlier, env.INVENTORY_ROLE_ARN, join(directory, 'creds-of-go')], env],
      'aws s3 cp': [[join(awscli, 'bin', 'aws'), 's3', 'cp', report, `s3://${bucket}/output.json`], env],
      assume: [program('assume'), env],
      upload: [program('upload'), env],
      'assume, compile cache': [program('assume'), cached],
      'upload, compile cache': [program('upload'), cached],
    };
    const results = Object.fromEntries(Object.keys(contestants).map(name => [name, []]));
    // Round 0 warms up and is not counted; taking turns lets what else the machine does fall on all alike.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, [command, environment]] of Object.entries(contestants)) {
        const run = await runOnce(python, command, environment);
        if (round > 0) results[name].push(run);
      }
    }
    print(results);
  } finally {
    await moto.stop();
  }
};

const directory = await mkdtemp(join(tmpdir(), 'inventory-bench-'));
try {
  await main(directory);
} finally {
  await rm(directory, { recursive: true, force: true });
}
