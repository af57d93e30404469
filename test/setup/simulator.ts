// One moto for all tests of a project: they keep apart by account ids, which they choose at random.
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startMoto } from '../../clients/simulator/moto.ts';
import { prepareMoto } from '../../clients/simulator/moto-environment.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of moto. */
    simulator: string;
  }
}

export default async (project: TestProject) => {
  const python = await prepareMoto({
    environment: process.env,
    requirements: fileURLToPath(new URL('../../sandbox/requirements.txt', import.meta.url)),
    announce: text => console.error(text),
  });
  const moto = await startMoto(python);
  project.provide('simulator', moto.url);
  return moto.stop;
};
