// Keys of resources from templates such as `{route_table_id}|{destination_cidr_block}`, each read once and filled often. Pure.

/** Texts at even places, names at odd ones. */
type Template = readonly string[];

const templates = new Map<string, Template>();

const readTemplate = (text: string): Template => {
  let template = templates.get(text);
  if (template === undefined) {
    template = text.split(/[{}]/);
    templates.set(text, template);
  }
  return template;
};

const asText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** The key; undefined when a value is missing or empty, because half a key would find something else. */
export const fillTemplate = (text: string, valueAt: (name: string) => unknown): string | undefined => {
  let key = '';
  let isName = false;
  for (const part of readTemplate(text)) {
    const value = isName ? asText(valueAt(part)) : part;
    if (value === undefined) return undefined;
    key += value;
    isName = !isName;
  }
  return key;
};
