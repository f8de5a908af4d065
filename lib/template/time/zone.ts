import type { Moment } from './strftime.js';

function shortName(date: Date, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(date);
  return parts.find((p) => p.type === 'timeZoneName')?.value ?? '';
}

function zoneName(date: Date, offset: number): string {
  if (offset === 0 && shortName(date, 'en-US') === 'UTC') return 'UTC';
  const known = ['en-US', 'en-GB', 'en-AU'].map((locale) => shortName(date, locale));
  const named = known.find((name) => !/^(GMT|UTC)[-+]/.test(name));
  if (named !== undefined) return named;
  const hours = Math.trunc(Math.abs(offset) / 3600);
  const minutes = Math.trunc(Math.abs(offset) / 60) % 60;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(hours)}${minutes ? two(minutes) : ''}`;
}

/** A point in time (seconds since 1970 UTC) on the controller's clock. */
export function localMoment(epoch: number): Moment {
  const date = new Date(Math.floor(epoch) * 1000);
  const offset = -date.getTimezoneOffset() * 60;
  return { seconds: Math.floor(epoch) + offset, offset, zone: zoneName(date, offset) };
}

/** A point in time (seconds since 1970 UTC) in UTC. */
export function utcMoment(epoch: number): Moment {
  return { seconds: Math.floor(epoch), offset: 0, zone: 'GMT' };
}

/** The seconds since 1970 UTC of a time on the controller's clock. */
export function epochOfLocal(seconds: number): number {
  const d = new Date(seconds * 1000);
  const local = new Date(0);
  local.setFullYear(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate());
  local.setHours(d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), 0);
  return local.getTime() / 1000;
}
