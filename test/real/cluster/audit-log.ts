// What was asked of the tests' API server, read from its audit log: how many calls of which kind by whom.
import { readFile, stat } from 'node:fs/promises';

/** One request, however often it was logged: a watch is logged when it begins and when it ends. */
export interface ApiCall {
  readonly user: string;
  /** get, list, watch, create, delete, patch, update, deletecollection */
  readonly verb: string;
  /** `jobs`, `pods/log` */
  readonly resource: string;
  readonly namespace: string | null;
  readonly name: string | null;
  readonly status: number | null;
  readonly userAgent: string;
}

export interface CountedCalls {
  readonly user: string;
  readonly verb: string;
  readonly resource: string;
  readonly calls: number;
}

interface AuditEvent {
  readonly auditID: string;
  readonly verb: string;
  readonly userAgent?: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

const toCall = ({ verb, userAgent = '', user, objectRef, responseStatus }: AuditEvent): ApiCall => {
  const { resource = '', subresource, namespace = null, name = null } = objectRef ?? {};
  return {
    user: user.username,
    verb,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace,
    name,
    status: responseStatus?.code ?? null,
    userAgent,
  };
};

/** Bytes that the log has now: what to read it from later, to see only what came after. */
export const auditPosition = async (auditLog: string): Promise<number> => (await stat(auditLog)).size;

/**
 * The calls in the order of their first line, from the position on. The server writes a call's line when it has answered, so
 * a call that was just answered may be missing still: wait for the count that you expect.
 */
export const readCalls = async (auditLog: string, from = 0): Promise<ApiCall[]> => {
  const bytes = (await readFile(auditLog)).subarray(from);
  const calls = new Map<string, ApiCall>();
  // What follows the last line end is half written.
  for (const line of bytes.toString('utf8', 0, bytes.lastIndexOf('\n') + 1).split('\n')) {
    if (line === '') continue;
    const event = JSON.parse(line) as AuditEvent;
    calls.set(event.auditID, toCall(event));
  }
  return [...calls.values()];
};

/** By user, verb and resource; the most frequent first. */
export const countCalls = (calls: readonly ApiCall[]): CountedCalls[] => {
  const counts = Map.groupBy(calls, ({ user, verb, resource }) => JSON.stringify([user, verb, resource]));
  return [...counts]
    .map(([key, { length }]) => {
      const [user, verb, resource] = JSON.parse(key) as [string, string, string];
      return { user, verb, resource, calls: length };
    })
    .sort((a, b) => b.calls - a.calls);
};
