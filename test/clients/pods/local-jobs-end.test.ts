import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { LocalJobs } from '../../../clients/pods/local-jobs.ts';
import { hasFinished } from '../../../contract/observed-job.ts';
import { follow, images, kubelet, openSampleJobs, readPids, runs, sampleJob, shell } from './sample-jobs.ts';

/** Writes its pid and its grandchild's, and ignores SIGTERM; so does the grandchild. */
const stubborn = (file: string) =>
  `trap '' TERM; (trap '' TERM; while :; do sleep 0.2; done) & echo $! > ${file}.new; echo $$$$ >> ${file}.new; mv ${file}.new ${file}; while :; do sleep 0.2; done`;

const waitForFile = async (jobs: LocalJobs, path: string): Promise<void> => {
  while (!existsSync(path)) await jobs.waitForChange(AbortSignal.timeout(20));
};

/** A process that runs the script with `jobs` open on the directory. */
const startOrchestrator = (directory: string, script: string) => {
  const module = fileURLToPath(new URL('../../../clients/pods/local-jobs.ts', import.meta.url));
  const options = { directory, images, kubelet, environment: { PATH: process.env['PATH'] } };
  const opening = `const { openLocalJobs } = await import(${JSON.stringify(module)}); const jobs = openLocalJobs(${JSON.stringify(options)});`;
  const words = ['--input-type=module', '-e', `${opening} ${script}`];
  return spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
};

const supervisorOf = (directory: string, name: string): number =>
  JSON.parse(readFileSync(join(directory, name, 'supervisor.json'), 'utf8')).pid;

test('the deadline ends a group that ignores SIGTERM with all its children, after the grace', async () => {
  const jobs = openSampleJobs();
  const pids = join(jobs.directory, '.pids');
  const spec = { activeDeadlineSeconds: 0.3 };
  await jobs.createJob(
    sampleJob({ spec, terminationGracePeriodSeconds: 0.3, containers: [shell('scan', stubborn(pids))] }),
  );
  const job = await follow(jobs, 'sample');
  expect(job).toMatchObject({ phase: 'failed', reason: 'DeadlineExceeded', containers: [{ exitCode: 137 }] });
  expect(readPids(pids)).toHaveLength(2);
  expect(readPids(pids).map(runs)).toEqual([false, false]);
});

test('on the deadline a container may still say what became of it, and no later one starts', async () => {
  const jobs = openSampleJobs();
  const script = `trap 'echo late > "$MESSAGE"; exit 143' TERM; while :; do sleep 0.05; done`;
  const spec = { activeDeadlineSeconds: 0.3, backoffLimit: 4 };
  await jobs.createJob(
    sampleJob({ spec, initContainers: [shell('scan', script)], containers: [shell('upload', 'true')] }),
  );
  const job = await follow(jobs, 'sample');
  expect(job).toMatchObject({ reason: 'DeadlineExceeded', attempts: 1 });
  expect(job.containers).toMatchObject([{ exitCode: 143, message: 'late\n' }, { exitCode: null }]);
});

test('the deadline counts over all attempts and their delays', async () => {
  const jobs = openSampleJobs({ backoffSeconds: 30 });
  const spec = { activeDeadlineSeconds: 0.3, backoffLimit: 4 };
  await jobs.createJob(sampleJob({ spec, containers: [shell('scan', 'exit 1')] }));
  expect(await follow(jobs, 'sample')).toMatchObject({ reason: 'DeadlineExceeded', attempts: 1 });
});

test('what a container leaves behind ends with it, also when it left the group', async () => {
  const jobs = openSampleJobs();
  const pids = join(jobs.directory, '.pids');
  const script = `sleep 60 & echo $! > ${pids}; setsid sleep 60 & echo $! >> ${pids}; sleep 0.1`;
  await jobs.createJob(sampleJob({ containers: [shell('scan', script)] }));
  expect(await follow(jobs, 'sample')).toMatchObject({ phase: 'succeeded' });
  expect(readPids(pids).map(runs)).toEqual([false, false]);
});

/** Of its own session and without the pod's name in its environment; `$!` is its pid. */
const estranged = (file: string) => `setsid env -i sleep 60 & echo $! >> ${file}`;

test('what left the group with a cleared environment ends with its pod, by where it stands', async () => {
  const jobs = openSampleJobs();
  const pids = join(jobs.directory, '.pids');
  const script = `${estranged(pids)}; cd "$RECON"; ${estranged(pids)}; cd "$MEMORY"; ${estranged(pids)}; sleep 0.1`;
  await jobs.createJob(sampleJob({ containers: [shell('scan', script)] }));
  expect(await follow(jobs, 'sample')).toMatchObject({ phase: 'succeeded' });
  expect(readPids(pids).map(runs)).toEqual([false, false, false]);
});

test('it ends also with a Job whose supervisor was killed', async () => {
  const jobs = openSampleJobs();
  const pids = join(jobs.directory, '.pids');
  const script = `${estranged(`${pids}.new`)}; sleep 0.1; mv ${pids}.new ${pids}; sleep 60`;
  await jobs.createJob(sampleJob({ containers: [shell('scan', script)] }));
  await waitForFile(jobs, pids);
  process.kill(supervisorOf(jobs.directory, 'sample'), 'SIGKILL');
  expect(await follow(jobs, 'sample')).toMatchObject({ reason: 'SupervisorLost' });
  expect(readPids(pids).map(runs)).toEqual([false]);
});

test('deleting a running Job ends its processes with grace and frees its name', async () => {
  const jobs = openSampleJobs();
  const pids = join(jobs.directory, '.pids');
  const farewell = join(jobs.directory, '.farewell');
  const polite = `trap 'echo bye > ${farewell}; exit 0' TERM; echo $$$$ > ${pids}; while :; do sleep 0.05; done`;
  const job = sampleJob({ containers: [shell('scan', polite)] });
  await jobs.createJob(job);
  await waitForFile(jobs, pids);
  const deletion = jobs.deleteJob('sample');
  expect((await jobs.readJob('sample'))?.deleting).toBe(true);
  expect(await jobs.createJob(job)).toBe('exists');
  await deletion;
  expect(readFileSync(farewell, 'utf8')).toBe('bye\n');
  expect(readPids(pids).map(runs)).toEqual([false]);
  expect(await jobs.readJob('sample')).toBeUndefined();
  expect(readdirSync(jobs.directory).filter(name => name.startsWith('.removed'))).toEqual([]);
  expect(await jobs.createJob(job)).toBe('created');
  await jobs.deleteJob('absent');
});

test('a deletion that its process left half done is taken up by the next look', async () => {
  const jobs = openSampleJobs();
  await jobs.createJob(sampleJob({ containers: [shell('scan', 'sleep 60')] }));
  writeFileSync(
    join(jobs.directory, 'sample', 'deletion.json'),
    JSON.stringify({ pid: process.pid, started: 'long ago' }),
  );
  while ((await jobs.readJob('sample')) !== undefined) await jobs.waitForChange(AbortSignal.timeout(1_000));
  expect(existsSync(join(jobs.directory, 'sample'))).toBe(false);
});

test('a Job whose supervisor was killed is failed, its processes end and its memory is cleared', async () => {
  const jobs = openSampleJobs();
  const pids = join(jobs.directory, '.pids');
  const script = `echo secret > "$MEMORY/creds"; echo report > "$RECON/output.json"; echo half > "$MESSAGE"; setsid sleep 60 & ${stubborn(pids)}`;
  await jobs.createJob(
    sampleJob({
      initContainers: [shell('assume', 'echo "$MEMORY" > "$MESSAGE"')],
      containers: [shell('scan', script)],
    }),
  );
  await waitForFile(jobs, pids);
  process.kill(supervisorOf(jobs.directory, 'sample'), 'SIGKILL');
  const job = await follow(jobs, 'sample');
  expect(job).toMatchObject({ phase: 'failed', reason: 'SupervisorLost' });
  expect(job.containers).toMatchObject([{ exitCode: 0 }, { name: 'scan', exitCode: null, message: 'half\n' }]);
  expect(readPids(pids).map(runs)).toEqual([false, false]);
  expect(existsSync(job.containers[0]?.message?.trim() ?? '/')).toBe(false);
  expect(jobs.keptVolumes('sample')).toMatchObject([{ attempt: 1, volume: 'inventory-output' }]);
});

test('a recycled pid is neither believed to be the supervisor nor signalled', async () => {
  const jobs = openSampleJobs();
  const bystander = spawn('sleep', ['60'], { detached: true });
  const { pid } = bystander;
  await jobs.createJob(sampleJob({ containers: [shell('scan', 'sleep 60')] }));
  const running = await follow(jobs, 'sample', job => job.containers.length > 0);
  expect(running.phase).toBe('running');
  process.kill(supervisorOf(jobs.directory, 'sample'), 'SIGKILL');
  const job = join(jobs.directory, 'sample');
  const status = JSON.parse(readFileSync(join(job, 'status.json'), 'utf8'));
  const recycled = { pid, started: status.processes[0].started };
  const leftover: number = status.processes[0].pid;
  writeFileSync(join(job, 'supervisor.json'), JSON.stringify(recycled));
  writeFileSync(join(job, 'status.json'), JSON.stringify({ ...status, processes: [recycled] }));
  expect(await follow(jobs, 'sample')).toMatchObject({ reason: 'SupervisorLost' });
  await jobs.deleteJob('sample');
  expect(runs(leftover)).toBe(false);
  expect(runs(pid ?? 0)).toBe(true);
  bystander.kill();
});

test('a Job survives the kill -9 of the process that created it, and the next one adopts it', async () => {
  const jobs = openSampleJobs();
  const go = join(jobs.directory, '.go');
  const pids = join(jobs.directory, '.pids');
  const wait = `echo $$$$ > ${pids}; until [ -e ${go} ]; do sleep 0.02; done; echo done > "$MESSAGE"`;
  const job = sampleJob({ containers: [shell('scan', wait)] });
  const script = `await jobs.createJob(${JSON.stringify(job)}); process.kill(process.pid, 'SIGKILL');`;
  const creator = startOrchestrator(jobs.directory, script);
  const [, signal] = await once(creator, 'exit');
  expect(signal).toBe('SIGKILL');
  expect(await jobs.createJob(job)).toBe('exists');
  await waitForFile(jobs, pids);
  expect(await jobs.readJob('sample')).toMatchObject({ phase: 'running', attempts: 1 });
  writeFileSync(go, '');
  expect(await follow(jobs, 'sample')).toMatchObject({ phase: 'succeeded', containers: [{ message: 'done\n' }] });
});

test('two processes that create the same Jobs at once create each of them once', async () => {
  const jobs = openSampleJobs();
  const starts = join(jobs.directory, '.starts');
  const all = Array.from({ length: 8 }, (_, index) =>
    sampleJob({ name: `sample-${index}`, containers: [shell('scan', `echo x >> ${starts}`)] }),
  );
  const script = `const answers = await Promise.all(${JSON.stringify(all)}.map(job => jobs.createJob(job))); console.log(answers.join());`;
  const answers = await Promise.all([0, 1].map(async () => text(startOrchestrator(jobs.directory, script).stdout)));
  expect(answers.join().match(/created/g)).toHaveLength(8);
  expect(answers.join().match(/exists/g)).toHaveLength(8);
  for (const job of all) await follow(jobs, job.metadata?.name ?? '');
  expect(readFileSync(starts, 'utf8')).toBe('x\n'.repeat(8));
});

test('a Job that its creator left without a supervisor is started by whoever looks, once', async () => {
  const jobs = openSampleJobs();
  const directory = join(jobs.directory, 'sample');
  const starts = join(jobs.directory, '.starts');
  const job = sampleJob({ containers: [shell('scan', `echo x >> ${starts}`)] });
  mkdirSync(directory);
  const spec = join(directory, 'spec.json');
  writeFileSync(spec, JSON.stringify({ uid: 'u', job, images, backoffSeconds: 1 }));
  expect(await jobs.readJob('sample')).toMatchObject({ phase: 'pending', attempts: 0, containers: [] });
  expect(await jobs.createJob(job)).toBe('exists');
  utimesSync(spec, new Date(0), new Date(0));
  const second = openSampleJobs({ directory: jobs.directory });
  const [one, other] = await Promise.all([follow(jobs, 'sample'), follow(second, 'sample')]);
  expect([one.phase, other.phase, one.attempts]).toEqual(['succeeded', 'succeeded', 1]);
  expect(readFileSync(starts, 'utf8')).toBe('x\n');
});

test.each([
  ['an empty directory', () => {}],
  ['a directory with an empty spec', (directory: string) => writeFileSync(join(directory, 'spec.json'), '')],
])('%s in the place of a Job is no Job and does not keep one from being created', async (_name, prepare) => {
  const jobs = openSampleJobs();
  mkdirSync(join(jobs.directory, 'sample'));
  prepare(join(jobs.directory, 'sample'));
  expect(await jobs.readJob('sample')).toBeUndefined();
  expect(await jobs.createJob(sampleJob({ containers: [shell('scan', 'true')] }))).toBe('created');
  expect(hasFinished(await follow(jobs, 'sample'))).toBe(true);
});

test('a supervisor that is told to stop ends its containers first', async () => {
  const jobs = openSampleJobs();
  const pids = join(jobs.directory, '.pids');
  await jobs.createJob(sampleJob({ containers: [shell('scan', `echo $$$$ > ${pids}; exec sleep 60`)] }));
  await waitForFile(jobs, pids);
  process.kill(supervisorOf(jobs.directory, 'sample'), 'SIGTERM');
  const job = await follow(jobs, 'sample');
  expect(job).toMatchObject({ phase: 'failed', reason: 'SupervisorLost', containers: [{ exitCode: 143 }] });
});
