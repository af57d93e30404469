#!/usr/bin/env node
// The bin of the package: says which Node it needs before an older one stumbles over the bundle.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 5)) {
  process.stderr.write(
    `aws-inventory needs Node 24.5 or newer; this is Node ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exitCode = 2;
} else {
  await import('./cli.mjs');
}
