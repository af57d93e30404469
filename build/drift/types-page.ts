// The tables of docs/drift.md, from the rows by which states and inventory are joined and compared.
import { namespaceOf } from '../../contract/catalogue/global-scope.ts';
import { terraformType, terraformTypes } from '../../contract/drift/terraform-types.ts';
import { comparedAttributes, comparedTypes } from '../../runner/scan/drift/changes/compare.ts';
import { driftctlTypes } from '../../runner/scan/drift/driftctl/supported-types.ts';

const code = (name: string): string => `\`${name}\``;

export const renderDriftSummary = (): string => {
  const parts = terraformTypes.filter(type => terraformType(type)?.partOf !== undefined);
  const rows = [
    ['Terraform types that are joined', terraformTypes.length],
    ['of them parts that Terraform keeps apart from their whole', parts.length],
    ['of them types that driftctl supports', terraformTypes.filter(type => driftctlTypes.has(type)).length],
    ['types that are compared attribute by attribute', comparedTypes.length],
  ];
  return `| what | count |\n|---|---|\n${rows.map(([what, count]) => `| ${what} | ${count} |\n`).join('')}`;
};

const serviceOf = (type: string): string => namespaceOf(terraformType(type)?.resourceType ?? '');

export const renderJoinedTypes = (): string => {
  const services = [...Map.groupBy(terraformTypes.toSorted(), serviceOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = services.map(([service, types]) => `| ${service} | ${types.map(code).join(', ')} |\n`);
  return `| service | Terraform types |\n|---|---|\n${rows.join('')}`;
};

export const renderComparedTypes = (): string => {
  const rows = comparedTypes.toSorted().map(type => {
    const attributes = [...comparedAttributes(type)].filter(name => name !== 'tags_all');
    return `| ${code(type)} | ${attributes.map(code).join(', ')} |\n`;
  });
  return `| type | attributes |\n|---|---|\n${rows.join('')}`;
};
