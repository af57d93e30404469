// output.json → what is there: a record at a time, so that a report larger than the memory is no matter.
import { createReadStream } from 'node:fs';
import type { InventoryRecord } from '../../../../contract/catalogue/inventory-record.ts';
import { InventoryError } from '../../../../contract/errors.ts';
import type { FoundResource } from '../resources.ts';
import { identify } from './identity.ts';
import { describedForParts } from './parts.ts';

export interface FoundOptions {
  /** Whether what the API answered about resources of a CloudFormation type is kept; of types with parts it always is. */
  readonly describe: (resourceType: string) => boolean;
}

/** Lines as they are written: readers of lines end them at other characters too, which names and tags may hold. */
const linesOf = async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
};

const invalid = (path: string, line: number, cause: unknown): InventoryError =>
  new InventoryError('report-unreadable', `${path}: line ${line} is no record of an inventory`, {
    remedy: 'Scan the account again: the report of its resources is damaged.',
    cause,
  });

const readRecord = (text: string): InventoryRecord => {
  const record: InventoryRecord = JSON.parse(text);
  if (typeof record.resourceType !== 'string' || typeof record.resource?.arn !== 'string')
    throw new TypeError('it has no resourceType or no ARN');
  return record;
};

/**
 * Every resource of a report, with Terraform's type and ids where they are known. Rejects with `report-unreadable` when a line
 * is no record, and with the system's error when there is no such file.
 */
export const readFound = async (reportFile: string, { describe }: FoundOptions): Promise<FoundResource[]> => {
  const all: FoundResource[] = [];
  let line = 0;
  for await (const text of linesOf(reportFile)) {
    line += 1;
    const json = text.trim().replace(/,$/, '');
    if (json === '' || json === '[' || json === ']' || json === '[]') continue;
    try {
      const record = readRecord(json);
      const found = identify(record);
      if (found === undefined) continue;
      const isDescribed = describedForParts.has(found.resourceType) || describe(found.resourceType);
      // Of what the Tagging API alone shows there is no description, however little stands in its place.
      if (record.sources?.every(source => source === 'tagging')) all.push({ ...found, taggedOnly: true });
      else all.push(isDescribed ? { ...found, description: record.resource } : found);
    } catch (error) {
      throw invalid(reportFile, line, error);
    }
  }
  return all;
};
