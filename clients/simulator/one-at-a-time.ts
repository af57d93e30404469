// Lets steps on the same thing happen one after the other, and steps on different things side by side.

export type InTurn = <Result>(thing: string, step: () => Promise<Result>) => Promise<Result>;

export const takeTurns = (): InTurn => {
  const last = new Map<string, Promise<unknown>>();
  return async (thing, step) => {
    const turn = (last.get(thing) ?? Promise.resolve()).catch(() => undefined).then(step);
    last.set(thing, turn);
    try {
      return await turn;
    } finally {
      // Only the last in the line clears it away; otherwise the map would grow with every key.
      if (last.get(thing) === turn) last.delete(thing);
    }
  };
};
