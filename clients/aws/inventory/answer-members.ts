// The members of an answer that is itself the resource.

/** Without what the SDK adds about the call. */
export const answerMembers = (answer: object): object =>
  Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '$metadata'));
