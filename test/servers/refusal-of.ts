// What a client's call was refused with, as the tests of the servers compare it.

export interface SeenRefusal {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** Fails where the call succeeds. */
export const refusalOf = async (call: Promise<unknown>): Promise<SeenRefusal> => {
  const answer = await call.then(
    () => null,
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => error,
  );
  if (answer === null) throw new Error('The call was not refused');
  return { name: answer.name, message: answer.message, status: answer.$metadata?.httpStatusCode };
};
