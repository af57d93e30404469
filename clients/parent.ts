// Tells a tool that whoever started it is gone: killed without a chance to end its children.

/** Aborts when the pipe that the parent holds is closed. The pipe itself does not keep the process alive. */
export const parentGone = (stdin: NodeJS.ReadStream): AbortSignal => {
  const gone = new AbortController();
  for (const event of ['end', 'close', 'error'] as const) stdin.once(event, () => gone.abort());
  stdin.resume();
  // A file, such as /dev/null, has nothing to let go of.
  stdin.unref?.();
  return gone.signal;
};
