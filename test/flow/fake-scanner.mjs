// A foreign scanner that misbehaves on request: what a container between assume and upload may do to a run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [mode] = process.argv.slice(2);
const directory = process.env.INVENTORY_REPORTS_DIRECTORY;
const account = process.env.INVENTORY_ACCOUNT_ID;
const file = join(directory, 'output.json');
const record = id =>
  JSON.stringify({ account: id, service: 'EC2', region: 'eu-west-1', resource: { type: 'instance' }, timestamp: '' });

const modes = {
  whole: () => writeFileSync(file, `[${record(account)}]`),
  nothing: () => {},
  half: () => writeFileSync(file, `[${record(account)},{"account"`),
  foreign: () => writeFileSync(file, `[${record(account)},${record('999999999999')}]`),
  symlink: () => symlinkSync(process.env.AWS_SHARED_CREDENTIALS_FILE, file),
  extra: () => {
    modes.whole();
    writeFileSync(join(directory, 'drift.json'), JSON.stringify({ account, drift: [] }));
    writeFileSync(join(directory, 'latest.json'), '{}');
    mkdirSync(join(directory, 'folder.json'));
  },
  fails: () => {
    modes.whole();
    process.exit(1);
  },
  killed: () => process.kill(process.pid, 'SIGKILL'),
  hangs: () => {
    process.on('SIGTERM', () => {});
    spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {
      stdio: 'ignore',
    });
    setInterval(() => {}, 1000);
  },
  huge: async () => {
    const out = createWriteStream(file);
    const line = `${record(account).slice(0, -1)},"padding":"${'x'.repeat(3000)}"}`;
    out.write('[');
    for (let written = 0; written < 300_000_000; written += line.length + 1) {
      if (!out.write(`${written === 0 ? '' : ','}${line}`)) await once(out, 'drain');
    }
    out.end(']');
    await once(out, 'finish');
  },
};

await modes[mode]();
