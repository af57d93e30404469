// Values as SQL text, for the statements that take no parameters: views, settings, COPY.

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const quotedList = (texts: readonly string[]): string => `[${texts.map(quoted).join(',')}]`;
