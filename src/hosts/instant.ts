/** The last and first milliseconds that a Date can hold. */
const FARTHEST = 8.64e15;

/**
 * A time with all of its digits, since two that differ in the last one are not the same.
 *
 * @param seconds since 1970, as find(1) prints them: `1772807400.1234567890`
 * @returns ISO 8601, UTC; the nearest that there is where a file system holds times beyond the calendar
 */
export function instant(seconds: string): string {
  const [whole = '0', fraction = ''] = seconds.split('.');
  const ms = Math.min(FARTHEST, Math.max(-FARTHEST, Number(whole) * 1000));
  const digits = fraction.replace(/0+$/, '').padEnd(3, '0');
  return new Date(ms).toISOString().replace('.000Z', `.${digits}Z`);
}
