import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: ['{contract,clients,orchestrator,runner,uploader,reports,exporter,infrastructure,cli,sandbox}/**/*.ts'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/real/**', 'test/flow/**'],
          // Tests keep no state in modules, so files share them: reading them anew for each takes longer than most tests.
          isolate: false,
          globalSetup: ['./test/setup/bundles.ts', './test/setup/simulator.ts'],
        },
      },
      {
        // Whole runs by real processes: they load both cores, so one file at a time and after the rest.
        extends: true,
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          globalSetup: ['./test/setup/bundles.ts', './test/setup/simulator.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          exclude: ['test/real/e2e/**'],
          globalSetup: ['./test/setup/bundles.ts', './test/setup/cluster-tools.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // A real node, as root: what it needs stands in the first lines of test/real/e2e/node-packages.ts.
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/real/e2e/**/*.test.ts'],
          globalSetup: ['./test/setup/bundles.ts', './test/setup/node-tools.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
