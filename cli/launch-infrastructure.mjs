#!/usr/bin/env node
// The bin `infrastructure`: the earlier tool's command line, whose eight flags all had to be there and which asked nothing.
const [node, script, ...flags] = process.argv;
process.argv = [node, script, 'infrastructure', 'apply', '--eight-flags', ...flags];
await import('./aws-inventory.mjs');
