// How long each part of the whole took: printed as it ends, and together at the end.

export interface Phases {
  /** Runs it, and keeps its time under this name. */
  readonly time: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly print: () => void;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1).padStart(6)} s`;

export const createPhases = (): Phases => {
  const taken: { readonly name: string; readonly milliseconds: number }[] = [];
  const time: Phases['time'] = async (name, work) => {
    const start = performance.now();
    try {
      return await work();
    } finally {
      const milliseconds = performance.now() - start;
      taken.push({ name, milliseconds });
      console.error(`e2e: ${seconds(milliseconds)}  ${name}`);
    }
  };
  const print = (): void => {
    const total = taken.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    console.error(`e2e: ${seconds(total)}  together`);
  };
  return { time, print };
};
