// Numbers and times of the page, as texts. Pure.
const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const countText = (count: number): string => whole.format(count);

/** For the axis of a plot: `48K`. */
export const shortCount = (count: number): string => short.format(count);

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

/** Cut, not rounded: 99.99 percent are not all, and whoever reads 100 stops looking. */
export const shareText = (share: number): string => {
  const tenths = Math.floor(share * 1000 + 1e-6) / 10;
  return `${tenths % 1 === 0 ? tenths : tenths.toFixed(1)}%`;
};

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Milliseconds; undefined for what is no time. */
const readTime = (time: string): number | undefined => {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
};

/** `3 hours ago`; the text itself when it is no time. */
export const ageText = (time: string, now: string): string => {
  const then = readTime(time);
  if (then === undefined) return time;
  const seconds = (Date.parse(now) - then) / 1000;
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  if (unit === undefined) return 'just now';
  const amount = plural(Math.floor(Math.abs(seconds) / unit[1]), unit[0]);
  return seconds < 0 ? `in ${amount}` : `${amount} ago`;
};

/** `20 Nov 2026, 01:05 UTC`; the text itself when it is no time. */
export const momentText = (time: string): string => {
  const then = readTime(time);
  if (then === undefined) return time;
  const [date, clock] = new Date(then).toISOString().split('T');
  return `${dayText(`${date}T00:00:00Z`)} ${date?.slice(0, -6)}, ${clock?.slice(0, 5)} UTC`;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `20 Nov`; the text itself when it is no time. */
export const dayText = (time: string): string => {
  const then = readTime(time);
  if (then === undefined) return time;
  const day = new Date(then);
  return `${day.getUTCDate()} ${months[day.getUTCMonth()]}`;
};

/** `1 h 05 min`, `53 min`, `4 min 02 s`, `1.5 s`. */
export const durationText = (seconds: number): string => {
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  const rounded = Math.round(seconds);
  const two = (number: number): string => String(number).padStart(2, '0');
  if (rounded >= 600 && rounded < 3_600) return `${Math.round(rounded / 60)} min`;
  if (rounded < 600) return `${Math.floor(rounded / 60)} min ${two(rounded % 60)} s`;
  return `${countText(Math.floor(rounded / 3_600))} h ${two(Math.floor((rounded % 3_600) / 60))} min`;
};

/** Seconds from one time to the other; undefined unless both are known and in this order. */
export const secondsFromTo = (from: string | null, to: string | null): number | undefined => {
  const [begun, ended] = [from, to].map(time => (time === null ? undefined : readTime(time)));
  return begun === undefined || ended === undefined || ended < begun ? undefined : (ended - begun) / 1000;
};

/** `1.4 MB`. */
export const bytesText = (bytes: number): string => {
  if (bytes < 1_000) return `${bytes} B`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 10 ? Math.round(size * 10) / 10 : countText(Math.round(size))} ${unit}`;
};
