// CSV as RFC 4180 has it, safe to open in a spreadsheet.

/** A spreadsheet takes such a cell for a formula, and names of resources are whatever their owners wrote. */
const formula = /^[=+\-@\t\r]/;

/** Texts that would be formulas get a leading quote; numbers stay as they are. */
export const csvCell = (value: string | number | boolean | null): string => {
  if (value === null) return '';
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvLine = (values: readonly (string | number | boolean | null)[]): string =>
  `${values.map(csvCell).join(',')}\r\n`;
