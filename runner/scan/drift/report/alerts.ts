// What limits a report: alerts by Terraform type, or under '' for the whole, from all who have some. Pure.
import type { DriftAlerts, DriftItem } from '../../../../contract/drift/drift-report.ts';

/** All of them, each message once under its type, types in their order. */
export const mergeAlerts = (...all: readonly DriftAlerts[]): DriftAlerts => {
  const byType = new Map<string, Set<string>>();
  for (const [type, messages] of all.flatMap(alerts => Object.entries(alerts))) {
    const known = byType.get(type) ?? new Set();
    for (const { message } of messages) known.add(message);
    byType.set(type, known);
  }
  return Object.fromEntries(
    [...byType]
      .filter(([, messages]) => messages.size > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, messages]) => [type, [...messages].map(message => ({ message }))]),
  );
};

/** What could not be looked at is said by type as well: whoever reads the alerts alone must not take it for in sync. */
export const alertsOfUnknown = (unknown: readonly DriftItem[]): DriftAlerts => {
  const declared = unknown.filter(({ source }) => source !== undefined);
  return Object.fromEntries(
    [...Map.groupBy(declared, ({ type }) => type)].map(([type, items]) => [
      type,
      [...Map.groupBy(items, ({ reason = 'it could not be looked at' }) => reason)].map(([reason, same]) => ({
        message: `${same.length} declared ${same.length === 1 ? 'resource is' : 'resources are'} neither found nor missing: ${reason}`,
      })),
    ]),
  );
};
