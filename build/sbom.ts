// What programs are made of → a software bill of materials in CycloneDX's form: packages whose code is in them, and no others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface Description {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
}

interface Component {
  readonly type: 'application' | 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly object[];
}

export interface Bill {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata?: { readonly component: Component };
  readonly components: readonly Component[];
}

/** No times and no random ids: the same programs give the same bytes. */
const head = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
} as const;

/** Each once, in an order that does not depend on who asks. */
const inOrder = (components: readonly Component[]): Component[] =>
  [...new Map(components.map(each => [each.purl, each])).values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));

/** A licence as SPDX names it, or the words that stand in its place. */
const licensesOf = (license: unknown): { licenses?: readonly object[] } => {
  if (typeof license !== 'string') return {};
  return { licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }] };
};

const npmComponent = (type: Component['type'], { name, version, license }: Description): Component => {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { type, 'bom-ref': purl, name, version, purl, ...licensesOf(license) };
};

/** The package that an input belongs to: `node_modules/a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/dist/x.js`. */
const packageDirectory = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** `metafiles` are esbuild's; only inputs of which something is left in an output count. */
export const billOfMaterials = (metafiles: readonly Metafile[], description: Description): Bill => {
  const used = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    );
  const directories = new Set(used.flatMap(path => packageDirectory.exec(path)?.[1] ?? []));
  const components = [...directories].map(directory =>
    npmComponent('library', JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))),
  );
  return {
    ...head,
    metadata: { component: npmComponent('application', description) },
    components: inOrder(components),
  };
};

/** A line of `go version -m`: what it is (`mod`, `dep`, or `=>` for what stands in place of the one before), path, version. */
const moduleLine = /^\t(mod|dep|=>)\t(\S+)\t(\S+)/;

const goComponents = (list: string): Component[] => {
  const found: Component[] = [];
  for (const line of list.split('\n')) {
    const [, what, name, version] = moduleLine.exec(line) ?? [];
    if (name === undefined || version === undefined) continue;
    if (what === '=>') found.pop();
    const purl = `pkg:golang/${name}@${version}`;
    found.push({ type: what === 'mod' ? 'application' : 'library', 'bom-ref': purl, name, version, purl });
  }
  return found;
};

/** `lists` are what `go version -m` says of each program. A program that lies in no module of its own is not named. */
export const goBill = (lists: readonly string[]): Bill => ({
  ...head,
  components: inOrder(lists.flatMap(goComponents).filter(({ version }) => version !== '(devel)')),
});
