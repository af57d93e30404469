// Terraform's language, as far as the module needs it: blocks and attributes, laid out as `terraform fmt` lays them out. Pure.

/** An expression, as it stands after the sign of equality. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: readonly (Attribute | Block)[];
}

/** `${` and `%{` would begin a template. */
export const quoted = (text: string): string => JSON.stringify(text).replaceAll(/[$%](?=\{)/g, sign => sign + sign);

export const listOf = (items: readonly string[]): string => `[${items.join(', ')}]`;

export const attribute = (name: string, value: string | number | boolean): Attribute => ({
  name,
  value: String(value),
});

export const block = (type: string, labels: readonly string[], body: Block['body']): Block => ({ type, labels, body });

const isBlock = (part: Attribute | Block): part is Block => 'body' in part;

const renderBody = (body: Block['body'], indent: string): string => {
  const attributes = body.filter((part): part is Attribute => !isBlock(part));
  const width = Math.max(0, ...attributes.map(({ name }) => name.length));
  const lines = attributes.map(({ name, value }) => `${indent}${name.padEnd(width)} = ${value}\n`);
  const blocks = body.filter(isBlock).map(part => renderBlock(part, indent));
  return [...(lines.length === 0 ? [] : [lines.join('')]), ...blocks].join('\n');
};

const renderBlock = ({ type, labels, body }: Block, indent: string): string => {
  const head = [type, ...labels.map(quoted)].join(' ');
  if (body.length === 0) return `${indent}${head} {}\n`;
  return `${indent}${head} {\n${renderBody(body, `${indent}  `)}${indent}}\n`;
};

export const renderHcl = (comment: string, blocks: readonly Block[]): string =>
  `# ${comment}\n\n${blocks.map(part => renderBlock(part, '')).join('\n')}`;
