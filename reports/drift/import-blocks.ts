// drift.json → Terraform `import {}` blocks for what is unmanaged: valid HCL, each name once, and why where there is no block.
import type { DriftItem, DriftReport } from '../../contract/drift/drift-report.ts';
import { importIdOf } from './import-ids.ts';
import { plural, printable, sortedGroups } from './printable.ts';

export interface ImportBlocks {
  /** HCL, with a newline at its end. */
  readonly text: string;
  readonly blocks: number;
  /** Unmanaged resources without a block: they are comments. */
  readonly left: number;
}

/**
 * A quoted template of HCL that means the text and nothing else. `$${` is a plain `${`; behind another `$` that would be
 * read otherwise, so there the sign is written by its number.
 */
export const quoteHcl = (text: string): string => {
  const escaped = text
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, sign => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
    .replaceAll(/([$%]*)([$%])\{/g, (_whole, before: string, sign: string) => {
      if (before === '') return `${sign}${sign}{`;
      return `${before}\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}{`;
    });
  return `"${escaped}"`;
};

const longestName = 64;

/** What people call the resource, as a name of HCL: letters, digits and `_`, no digit first. */
const nameOf = ({ id, name, human_readable_attributes: attributes }: DriftItem): string => {
  const called = name ?? attributes?.['Name'] ?? id.split('/').at(-1) ?? '';
  const plain = called
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, longestName);
  if (plain === '') return 'unnamed';
  return /^[a-z]/.test(plain) ? plain : `_${plain}`;
};

/** The name, or with the first free number behind it: `logs`, `logs_2`. */
const createNames = (): ((item: DriftItem) => string) => {
  const taken = new Set<string>();
  return item => {
    const name = nameOf(item);
    let free = name;
    for (let number = 2; taken.has(`${item.type}.${free}`); number += 1) free = `${name}_${number}`;
    taken.add(`${item.type}.${free}`);
    return free;
  };
};

interface Written {
  readonly block: string | undefined;
  readonly comment: string | undefined;
}

const write = (item: DriftItem, suffixed: boolean, takeName: (item: DriftItem) => string): Written => {
  const found = importIdOf(item);
  if ('reason' in found) {
    return { block: undefined, comment: `# ${printable(`${item.type} ${item.id}: ${found.reason}`)}` };
  }
  const suffix = suffixed && item.region !== undefined && item.region !== 'global' ? `@${item.region}` : '';
  const to = `${item.type}.${takeName(item)}`;
  return { block: `import {\n  to = ${to}\n  id = ${quoteHcl(found.id + suffix)}\n}`, comment: undefined };
};

const regional = ({ region }: DriftItem): string => (region === undefined || region === 'global' ? '' : region);

const headerOf = ({ account, unmanaged }: DriftReport, regions: readonly string[]): string[] => [
  `# ${plural(unmanaged.length, 'resource')} of account ${printable(account)} that no Terraform state declares.`,
  '# terraform plan -generate-config-out=generated.tf writes their configuration.',
  ...(regions.length < 2
    ? []
    : [
        `# They are in ${regions.length} regions: the region behind each @ needs the AWS provider 6 or later. For earlier`,
        '# ones let a report have one region, whose provider then needs no region behind the id.',
      ]),
];

/** Blocks by region and type, in order of their ids; then comments for what has none. */
export const renderImportBlocks = (report: DriftReport): ImportBlocks => {
  const regions = [...new Set(report.unmanaged.map(regional))].filter(region => region !== '');
  const takeName = createNames();
  const parts: string[] = [headerOf(report, regions).join('\n')];
  const comments: string[] = [];
  let blocks = 0;
  for (const [region, items] of sortedGroups(report.unmanaged, regional)) {
    const written = sortedGroups(items, ({ type }) => type).flatMap(([, those]) =>
      those.map(item => write(item, regions.length > 1, takeName)),
    );
    const texts = written.flatMap(({ block }) => block ?? []);
    if (texts.length > 0) parts.push(`# ${region === '' ? 'Of no region' : printable(region)}`, ...texts);
    blocks += texts.length;
    comments.push(...written.flatMap(({ comment }) => comment ?? []));
  }
  if (comments.length > 0) parts.push(['# Without a block:', ...comments].join('\n'));
  return { text: `${parts.join('\n\n')}\n`, blocks, left: comments.length };
};
