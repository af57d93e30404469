// Objects of JSON whose members nobody has promised: what states, listings and driftctl's documents are read as.

export type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
