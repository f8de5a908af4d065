import { float } from '../../values/number.js';
import type { Value } from '../../values/value.js';
import { type Filter, type Kwargs, TemplateError } from '../library.js';
import { asText, text, toNumber } from '../read.js';
import { use } from '../runtime/undefined.js';
import { roundHalfEven } from './numbers.js';

const SHORT: Record<string, string> = {
  millisecond: 'ms',
  msec: 'ms',
  msecond: 'ms',
  sec: 's',
  second: 's',
  hour: 'h',
  min: 'm',
  minute: 'm',
  day: 'd',
  week: 'w',
  month: 'mo',
  year: 'y',
};
const DAY = 86_400_000;
const MILLIS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY };

function unitsOf(kwargs: Kwargs): Record<string, number> {
  const days = (name: string, usual: number): number => {
    const given = kwargs.get(name);
    const n = given === undefined ? usual : toNumber(use(given));
    if (n === undefined) throw new TemplateError(`${name} must be a number of days`);
    return n * DAY;
  };
  for (const name of kwargs.keys())
    if (name !== 'year' && name !== 'month')
      throw new TemplateError(`there is no argument '${name}', only year and month`);
  return { ...MILLIS, mo: days('month', 30), y: days('year', 365) };
}

function size(units: Record<string, number>, name: string): number | undefined {
  const bare = name.replace(/s+$/, '');
  const short = Object.hasOwn(SHORT, bare) ? SHORT[bare]! : name;
  return Object.hasOwn(units, short) ? units[short] : undefined;
}

function convert(duration: string, unit: string, kwargs: Kwargs): Value {
  if (duration === '0') return 0;
  const units = unitsOf(kwargs);
  const into = size(units, unit);
  if (into === undefined)
    throw new TemplateError(
      `there is no unit '${unit}', only ${Object.keys(units).join(', ')} and their long names`,
    );
  let total = 0;
  for (const part of duration.split(/\s+/).filter(Boolean)) {
    const [, count, name = ''] = /^(-?\d+)(\w+)/.exec(part) ?? [];
    const each = count === undefined ? undefined : size(units, name);
    if (each === undefined)
      throw new TemplateError(`'${part}' in '${duration}' is not a number with a unit of time, such as 30m`);
    total += Number(count) * each;
  }
  return roundHalfEven(float(total / into), 12);
}

const into =
  (unit: string): Filter =>
  (input, args, kwargs) => {
    if (args.length) throw new TemplateError('only year and month can be given, by name');
    return convert(asText(use(input ?? null)), unit, kwargs);
  };

const toTimeUnit: Filter = (input, args, kwargs) => {
  const { unit = args[0] ?? 'ms', ...rest } = Object.fromEntries(kwargs);
  return convert(asText(use(input ?? null)), text(unit as Value), new Map(Object.entries(rest)));
};

/** Filters that read durations such as `1h 30m` (collection community.general). */
export const durationFilters: Record<string, Filter> = {
  'community.general.to_time_unit': toTimeUnit,
  'community.general.to_milliseconds': into('ms'),
  'community.general.to_seconds': into('s'),
  'community.general.to_minutes': into('m'),
  'community.general.to_hours': into('h'),
  'community.general.to_days': into('d'),
  'community.general.to_weeks': into('w'),
  'community.general.to_months': into('mo'),
  'community.general.to_years': into('y'),
};
