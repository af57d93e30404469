// What the bundles are made of → a software bill of materials in CycloneDX's form: packages whose code is in them, and no others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package that an input belongs to: `node_modules/a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/dist/x.js`. */
const packageDirectory = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** A licence as SPDX names it, or the words that stand in its place. */
const licenseOf = ({ license }) =>
  typeof license !== 'string'
    ? []
    : [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }];

const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const component = directory => {
  const description = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const { name, version } = description;
  const purl = purlOf(name, version);
  const licenses = licenseOf(description);
  return { type: 'library', 'bom-ref': purl, name, version, purl, ...(licenses.length === 0 ? {} : { licenses }) };
};

/** `metafile` is esbuild's; only inputs of which something is left in an output count. No times and no random ids: the same sources give the same bytes. */
export const billOfMaterials = (metafile, { name, version, license }) => {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const directories = new Set(used.flatMap(path => packageDirectory.exec(path)?.[1] ?? []));
  const byPurl = new Map([...directories].map(component).map(each => [each.purl, each]));
  const components = [...byPurl.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purlOf(name, version),
        name,
        version,
        purl: purlOf(name, version),
        licenses: [{ license: { id: license } }],
      },
    },
    components,
  };
};
