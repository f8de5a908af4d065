/**
 * A date, or a date with a time of day: Python's `date` and `datetime`. `seconds` count from 1970-01-01 00:00 on the
 * wall clock that `offset` (seconds east of UTC, or null for a naive one) belongs to; `micros` is 0 to 999999.
 */
export class DateTime {
  constructor(
    readonly seconds: number,
    readonly micros = 0,
    readonly offset: number | null = null,
    readonly dateOnly = false,
  ) {}
}

/** The time between two points: Python's `timedelta`, normalised so that only `days` can be negative. */
export class TimeDelta {
  readonly days: number;
  readonly seconds: number;
  readonly micros: number;
  constructor(days: number, seconds = 0, micros = 0) {
    const whole = seconds + Math.floor(micros / 1_000_000);
    this.micros = micros - Math.floor(micros / 1_000_000) * 1_000_000;
    this.days = days + Math.floor(whole / 86_400);
    this.seconds = whole - Math.floor(whole / 86_400) * 86_400;
  }
}

/** The calendar fields of a date; `weekday` is 0 for Monday, `yearday` 1 for January the first. */
export type Fields = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  yearday: number;
};

/** Splits wall-clock seconds into calendar fields (proleptic Gregorian). */
export function fieldsOf(seconds: number): Fields {
  const d = new Date(Math.floor(seconds) * 1000);
  const year = d.getUTCFullYear();
  const start = secondsOf(year, 1, 1);
  return {
    year,
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    weekday: (d.getUTCDay() + 6) % 7,
    yearday: Math.floor((seconds - start) / 86_400) + 1,
  };
}

/** Wall-clock seconds since 1970 of calendar fields. Fields out of range carry over. */
export function secondsOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number {
  const d = new Date(0);
  d.setUTCFullYear(year, month - 1, day);
  d.setUTCHours(hour, minute, second, 0);
  return d.getTime() / 1000;
}

const two = (n: number): string => String(n).padStart(2, '0');

function zoneText(offset: number | null): string {
  if (offset === null) return '';
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}`;
}

/** `str()` of a date, or its ISO form with another separator. */
export function dateText(d: DateTime, separator = ' '): string {
  const f = fieldsOf(d.seconds);
  const date = `${String(f.year).padStart(4, '0')}-${two(f.month)}-${two(f.day)}`;
  if (d.dateOnly) return date;
  const fraction = d.micros ? `.${String(d.micros).padStart(6, '0')}` : '';
  return `${date}${separator}${two(f.hour)}:${two(f.minute)}:${two(f.second)}${fraction}${zoneText(d.offset)}`;
}

/** `repr()` of a date. */
export function dateRepr(d: DateTime): string {
  const f = fieldsOf(d.seconds);
  const parts = [f.year, f.month, f.day];
  if (d.dateOnly) return `datetime.date(${parts.join(', ')})`;
  parts.push(f.hour, f.minute);
  if (f.second || d.micros) parts.push(f.second);
  if (d.micros) parts.push(d.micros);
  const zone = d.offset === null ? '' : `, tzinfo=${zoneRepr(d.offset)}`;
  return `datetime.datetime(${parts.join(', ')}${zone})`;
}

function zoneRepr(offset: number): string {
  return offset === 0 ? 'datetime.timezone.utc' : `datetime.timezone(${deltaRepr(new TimeDelta(0, offset))})`;
}

/** `str()` of a time difference: `1 day, 2:03:04`. */
export function deltaText(d: TimeDelta): string {
  const days = d.days ? `${d.days} day${Math.abs(d.days) === 1 ? '' : 's'}, ` : '';
  const fraction = d.micros ? `.${String(d.micros).padStart(6, '0')}` : '';
  const { seconds: s } = d;
  return `${days}${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}${fraction}`;
}

/** `repr()` of a time difference. */
export function deltaRepr(d: TimeDelta): string {
  const parts = [
    d.days ? `days=${d.days}` : '',
    d.seconds ? `seconds=${d.seconds}` : '',
    d.micros ? `microseconds=${d.micros}` : '',
  ].filter(Boolean);
  return `datetime.timedelta(${parts.join(', ') || '0'})`;
}
