import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { follow, logOf, openSampleJobs, run, sampleJob, shell } from './sample-jobs.ts';

test('init containers run in their order and hand files to the next ones over a volume', async () => {
  const jobs = openSampleJobs();
  const add = (word: string) => `echo ${word} >> "$RECON/order"`;
  const job = await run(
    jobs,
    sampleJob({
      initContainers: [shell('assume', add('first')), shell('scan', add('second'))],
      containers: [shell('upload', `${add('third')}; cat "$RECON/order"; tr '\\n' , < "$RECON/order" > "$MESSAGE"`)],
    }),
  );
  expect(job).toMatchObject({ phase: 'succeeded', reason: null, attempts: 1, deleting: false });
  expect(job.containers.map(({ name, exitCode, reason }) => [name, exitCode, reason])).toEqual([
    ['assume', 0, 'Completed'],
    ['scan', 0, 'Completed'],
    ['upload', 0, 'Completed'],
  ]);
  expect(job.containers[2]?.message).toBe('first,second,third,');
  expect(logOf(jobs, 'sample', 'upload')).toBe('first\nsecond\nthird\n');
  const times = job.containers.flatMap(container => [container.startedAt, container.finishedAt]);
  expect(times).toEqual([...times].sort());
  expect(job.startedAt).not.toBeNull();
  expect(job.finishedAt).not.toBeNull();
});

test('a failed init container keeps the later ones from starting and fails the pod', async () => {
  const jobs = openSampleJobs();
  const job = await run(
    jobs,
    sampleJob({
      initContainers: [shell('assume', 'echo refused > "$MESSAGE"; exit 41'), shell('scan', 'true')],
      containers: [shell('upload', 'true')],
    }),
  );
  expect(job).toMatchObject({ phase: 'failed', reason: 'BackoffLimitExceeded' });
  expect(job.containers).toMatchObject([
    { name: 'assume', exitCode: 41, reason: 'Error', message: 'refused\n' },
    { name: 'scan', exitCode: null, startedAt: null },
    { name: 'upload', exitCode: null, startedAt: null },
  ]);
});

test('what a failed pod left on disk is kept, and what a succeeded one left is removed', async () => {
  const jobs = openSampleJobs();
  const write = 'echo report > "$RECON/output.json"';
  await run(jobs, sampleJob({ name: 'failing', containers: [shell('upload', `${write}; exit 1`)] }));
  await run(jobs, sampleJob({ name: 'fine', containers: [shell('upload', write)] }));
  const [kept, ...others] = jobs.keptVolumes('failing');
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ attempt: 1, volume: 'inventory-output' });
  expect(readFileSync(join(kept?.path ?? '', 'output.json'), 'utf8')).toBe('report\n');
  expect(jobs.keptVolumes('fine')).toEqual([]);
});

test('a memory-backed volume is private, lies on tmpfs, and is gone after a success and after a failure', async () => {
  const jobs = openSampleJobs();
  const script =
    'echo secret > "$MEMORY/creds"; mkdir "$MEMORY/d"; chmod 0 "$MEMORY/d"; stat -f -c %T "$MEMORY"; stat -c %a "$MEMORY"; echo "$MEMORY"';
  for (const [name, end] of Object.entries({ fine: 'exit 0', failing: 'exit 1' })) {
    await run(jobs, sampleJob({ name, containers: [shell('scan', `${script}; ${end}`)] }));
    const [system, mode, path = ''] = logOf(jobs, name, 'scan').split('\n');
    expect([system, mode]).toEqual(['tmpfs', '700']);
    expect(path).toMatch(/^\/dev\/shm\/aws-inventory-/);
    expect(existsSync(path)).toBe(false);
  }
});

test('a pod is tried again after a delay until one succeeds, each time with fresh volumes', async () => {
  const jobs = openSampleJobs();
  const directory = jobs.directory;
  const script = `ls "$RECON"; touch "$RECON/mine"; echo x >> ${directory}/.tries; [ "$(wc -l < ${directory}/.tries)" = 3 ]`;
  const job = await run(jobs, sampleJob({ spec: { backoffLimit: 5 }, containers: [shell('scan', script)] }));
  expect(job).toMatchObject({ phase: 'succeeded', attempts: 3 });
  expect(logOf(jobs, 'sample', 'scan')).toBe('');
  expect(jobs.keptVolumes('sample').map(volume => volume.attempt)).toEqual([1, 2]);
});

test('an exit code of a FailJob rule ends the Job at once, in the words of Kubernetes', async () => {
  const jobs = openSampleJobs();
  const rules = [{ action: 'FailJob', onExitCodes: { containerName: 'upload', operator: 'In', values: [43] } }];
  const spec = { backoffLimit: 5, podFailurePolicy: { rules } };
  const job = await run(jobs, sampleJob({ spec, containers: [shell('upload', 'exit 43')] }));
  expect(job).toMatchObject({ phase: 'failed', reason: 'PodFailurePolicy', attempts: 1 });
  expect(job.message).toMatch(
    /^Container upload for pod inventory\/sample-\w{5} failed with exit code 43 matching FailJob rule at index 0$/,
  );
});

test('a command that does not exist is a container that cannot run', async () => {
  const jobs = openSampleJobs();
  const job = await run(jobs, sampleJob({ containers: [shell('scan', '', { command: ['/no/such/scanner'] })] }));
  expect(job.containers[0]).toMatchObject({ exitCode: 127, reason: 'ContainerCannotRun' });
  expect(job.containers[0]?.message).toContain('/no/such/scanner');
});

test('a container that is killed by a signal ends with 128 and its number', async () => {
  const jobs = openSampleJobs();
  const job = await run(jobs, sampleJob({ containers: [shell('scan', 'kill -9 $$$$')] }));
  expect(job.containers[0]).toMatchObject({ exitCode: 137, reason: 'Error' });
});

test('300 MB of output are cut in the log, and the end of it can still be the message', async () => {
  const jobs = openSampleJobs();
  const script = 'head -c 300000000 /dev/zero; echo; echo the end; exit 1';
  const job = await run(
    jobs,
    sampleJob({ containers: [shell('scan', script, { terminationMessagePolicy: 'FallbackToLogsOnError' })] }),
  );
  expect(job.containers[0]?.message).toMatch(/\nthe end\n$/);
  const log = readFileSync(jobs.logFiles('sample')[0]?.path ?? '');
  expect(log.length).toBeLessThan(11 * 1024 * 1024);
  expect(log.subarray(-50).toString()).toMatch(/\[this log is cut after 10485760 bytes\]\n$/);
});

test('links in a volume are removed and never followed, and a link is no message', async () => {
  const jobs = openSampleJobs();
  const outside = join(jobs.directory, '.outside');
  const script = `echo precious > ${outside}; ln -s ${outside} "$RECON/link"; ln -s ${jobs.directory} "$MEMORY/all"; ln -sf ${outside} "$MESSAGE"`;
  const job = await run(jobs, sampleJob({ containers: [shell('scan', script)] }));
  expect(job.containers[0]).toMatchObject({ exitCode: 0, message: null });
  expect(readFileSync(outside, 'utf8')).toBe('precious\n');
});

test('a pipe in place of the message does not hold the Job', async () => {
  const jobs = openSampleJobs();
  const job = await run(jobs, sampleJob({ containers: [shell('scan', 'rm "$MESSAGE"; mkfifo "$MESSAGE"')] }));
  expect(job).toMatchObject({ phase: 'succeeded', containers: [{ message: null }] });
});

test('a hostile account name reaches the container as it is', async () => {
  const jobs = openSampleJobs();
  const name = '"\n<script>${x} $(RECON) `id` 🦊';
  const job = sampleJob({
    containers: [shell('scan', 'printf %s "$NAME"', { env: [{ name: 'NAME', value: name.replaceAll('$', '$$$$') }] })],
  });
  job.metadata = { ...job.metadata, annotations: { 'aws-inventory/account-name': name } };
  const observed = await run(jobs, job);
  expect(observed.annotations['aws-inventory/account-name']).toBe(name);
  expect(logOf(jobs, 'sample', 'scan')).toBe(name);
});

test('a sidecar runs beside its successors, is started again, and ends after them without counting', async () => {
  const jobs = openSampleJobs();
  const refresh = shell(
    'refresh',
    'echo x >> "$RECON/starts"; [ "$(wc -l < "$RECON/starts")" = 1 ] && exit 1; sleep 60',
    {
      restartPolicy: 'Always',
    },
  );
  const wait = 'until [ "$(wc -l < "$RECON/starts")" = 2 ]; do sleep 0.01; done 2>/dev/null';
  const job = await run(jobs, sampleJob({ initContainers: [refresh], containers: [shell('scan', wait)] }));
  expect(job).toMatchObject({ phase: 'succeeded', containers: [{ name: 'refresh', exitCode: 143 }, { exitCode: 0 }] });
});

test('two containers of a pod run at the same time', async () => {
  const jobs = openSampleJobs();
  const meet = (mine: string, other: string) =>
    `touch "$RECON/${mine}"; until [ -e "$RECON/${other}" ]; do sleep 0.01; done`;
  const job = await run(jobs, sampleJob({ containers: [shell('one', meet('a', 'b')), shell('two', meet('b', 'a'))] }));
  expect(job.phase).toBe('succeeded');
});

test('the same Job is created once by many callers at once, and its name stays taken when it has ended', async () => {
  const first = openSampleJobs();
  const second = openSampleJobs({ directory: first.directory });
  const job = sampleJob({ containers: [shell('scan', `echo x >> ${first.directory}/.starts`)] });
  const answers = await Promise.all([first, second, first, second, first, second].map(jobs => jobs.createJob(job)));
  expect(answers.toSorted()).toEqual(['created', 'exists', 'exists', 'exists', 'exists', 'exists']);
  await follow(first, 'sample');
  expect(await second.createJob(job)).toBe('exists');
  expect(readFileSync(join(first.directory, '.starts'), 'utf8')).toBe('x\n');
  expect(readdirSync(first.directory).filter(name => name.startsWith('.creating'))).toEqual([]);
});

test('Jobs are listed by their run, and a directory that nobody made yet is an empty one', async () => {
  const jobs = openSampleJobs();
  const containers = [shell('scan', 'true')];
  await Promise.all([
    run(jobs, sampleJob({ name: 'b', containers })),
    run(jobs, sampleJob({ name: 'a', containers })),
    run(jobs, sampleJob({ name: 'other', run: 'r2', containers })),
  ]);
  expect((await jobs.listJobs('r1')).map(job => job.name)).toEqual(['a', 'b']);
  expect((await jobs.listJobs('r2')).map(job => job.name)).toEqual(['other']);
  expect(await jobs.readJob('absent')).toBeUndefined();
});

test('a Job that cannot run here is refused with every reason, before anything exists', async () => {
  const jobs = openSampleJobs();
  const job = sampleJob({ containers: [{ name: 'scan', image: 'acme/scanner:2' }] });
  await expect(jobs.createJob(job)).rejects.toMatchObject({
    code: 'template-unusable',
    message: expect.stringContaining(
      'image "acme/scanner" is not known on this machine; set local.images["acme/scanner"]',
    ),
  });
  await expect(jobs.createJob(sampleJob({ name: '../x', containers: [shell('a', '')] }))).rejects.toMatchObject({
    code: 'template-unusable',
    message: expect.stringContaining('"../x"'),
  });
  expect(readdirSync(jobs.directory)).toEqual([]);
});

test('a supervisor that cannot start is said so, and the name stays free', async () => {
  const jobs = openSampleJobs({ kubelet: [process.execPath, '/no/such/kubelet.mjs'] });
  const job = sampleJob({ containers: [shell('scan', 'true')] });
  await expect(jobs.createJob(job)).rejects.toMatchObject({
    code: 'job-refused',
    message: expect.stringContaining('/no/such/kubelet.mjs'),
  });
  expect(await jobs.readJob('sample')).toBeUndefined();
});
