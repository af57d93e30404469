// Signals for a whole process group: what a child started is ended with it.

/**
 * Signals the group that the caller's own child leads; only while the caller has not yet seen it end, or just did.
 * undefined is a child that never started.
 */
export const signalGroup = (leader: number | undefined, signal: NodeJS.Signals): void => {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // The group is empty: all of it has ended, which is what the signal was for.
  }
};
