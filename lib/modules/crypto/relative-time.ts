import { DerError } from './der.js';

const UNITS = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 } as const;
const RELATIVE = /^[+-](?=\d)(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/i;
const ABSOLUTE = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-])(\d\d):?(\d\d))$/;

/**
 * A time in milliseconds since 1970, whole seconds: from `now`, as +1w2d3h4m5s (the words of sshd_config(5)), or ASN.1's
 * 20300131120000Z. Throws a DerError that names the argument.
 */
export function timeOption(words: string, name: string, now: number): number {
  const relative = RELATIVE.exec(words);
  if (relative) {
    const seconds = Object.values(UNITS).reduce(
      (sum, unit, i) => sum + unit * Number(relative[i + 1] ?? 0),
      0,
    );
    return Math.floor(now / 1000) * 1000 + (words.startsWith('-') ? -seconds : seconds) * 1000;
  }
  const [, year, month, day, hour, minute, second = '0', sign, hours = '0', minutes = '0'] =
    ABSOLUTE.exec(words) ?? [];
  const ms = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second);
  const right = new Date(ms).getUTCDate() === Number(day) && +month! <= 12 && +hour! < 24;
  if (year === undefined || !right)
    throw new DerError(
      `The time spec "${words}" for ${name} is invalid: it must be like +10d or 20300131120000Z`,
    );
  return ms - (sign === '-' ? -1 : 1) * (sign ? (+hours * 60 + +minutes) * 60_000 : 0);
}

/** A time as ASN.1 has it, 20300131120000Z. */
export function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
