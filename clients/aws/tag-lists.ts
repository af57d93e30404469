// Tags as most APIs of AWS have them, a list of keys and values, and as this project has them. Pure.

interface SdkTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const tagMap = (tags: readonly SdkTag[] | undefined): Record<string, string> =>
  Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));

export const tagList = (tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
