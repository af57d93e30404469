// Writes what follows from the code: config.schema.json from the settings. With --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { settingsJsonSchema } from '../contract/settings-problems.ts';

const files = { 'config.schema.json': `${JSON.stringify(settingsJsonSchema(), null, 2)}\n` };
const check = process.argv.includes('--check');

for (const [name, text] of Object.entries(files)) {
  if (!check) {
    writeFileSync(name, text);
  } else if (readFileSync(name, 'utf8') !== text) {
    console.error(`${name} is not what the code says; run: npm run generate`);
    process.exitCode = 1;
  }
}
