import {
  DateTime,
  dateRepr,
  dateText,
  deltaRepr,
  deltaText,
  type Fields,
  fieldsOf,
  TimeDelta,
} from '../../values/datetime.js';
import { asNumber, float } from '../../values/number.js';
import { Special } from '../../values/special.js';
import { Tuple, type Value } from '../../values/value.js';
import { TemplateError } from '../library.js';
import { asText } from '../read.js';
import { bind } from '../signature.js';
import { isoWeek, strftime } from './strftime.js';
import { epochOfLocal } from './zone.js';

// What a special value stands for, so that two of them can be compared and subtracted.
const dates = new WeakMap<Special, DateTime>();
const deltas = new WeakMap<Special, TimeDelta>();

const method = (run: (args: Value[]) => Value): Special =>
  new Special('builtin_function_or_method', { call: (args) => run(args) });

/** The seconds that a difference lasts. */
function total(d: TimeDelta): number {
  return d.days * 86_400 + d.seconds + d.micros / 1_000_000;
}

const DELTA: Record<string, (d: TimeDelta) => Value> = {
  days: (d) => d.days,
  seconds: (d) => d.seconds,
  microseconds: (d) => d.micros,
  total_seconds: (d) => method(() => float(total(d))),
};

/** A difference of times as templates see it: Python's timedelta. */
export function deltaValue(d: TimeDelta): Special {
  const of = (v: Value) => (v instanceof Special ? deltas.get(v) : undefined);
  const plus = (other: TimeDelta | undefined, sign: 1 | -1) =>
    other &&
    deltaValue(
      new TimeDelta(
        d.days + sign * other.days,
        d.seconds + sign * other.seconds,
        d.micros + sign * other.micros,
      ),
    );
  const value = new Special('timedelta', {
    attr: (name) => (Object.hasOwn(DELTA, name) ? DELTA[name]!(d) : undefined),
    text: () => deltaText(d),
    repr: () => deltaRepr(d),
    truth: () => total(d) !== 0,
    equals: (v) => of(v) !== undefined && total(of(v)!) === total(d),
    compare: (v) => (of(v) ? total(d) - total(of(v)!) : undefined),
    add: (v) => plus(of(v), 1) ?? (v instanceof Special && dates.has(v) ? v.face.add?.(value) : undefined),
    subtract: (v) => plus(of(v), -1),
  });
  deltas.set(value, d);
  return value;
}

function epoch(d: DateTime): number {
  const base = d.offset === null ? epochOfLocal(d.seconds) : d.seconds - d.offset;
  return base + d.micros / 1_000_000;
}

function isoCalendar(f: Fields): Value {
  const { year, week } = isoWeek(f);
  return new Tuple([year, week, f.weekday + 1]);
}

const moment = (d: DateTime) => ({
  seconds: d.seconds,
  micros: d.micros,
  offset: d.offset,
  zone: d.offset === null ? '' : 'UTC',
});

const DATE: Record<string, (d: DateTime, f: Fields) => Value> = {
  year: (_, f) => f.year,
  month: (_, f) => f.month,
  day: (_, f) => f.day,
  hour: (_, f) => f.hour,
  minute: (_, f) => f.minute,
  second: (_, f) => f.second,
  microsecond: (d) => d.micros,
  tzinfo: (d) => (d.offset === null ? null : 'UTC'),
  strftime: (d) =>
    method((args) => strftime(asText(bind('format', args, new Map())[0] as Value | undefined), moment(d))),
  isoformat: (d) => method(([separator = 'T']) => dateText(d, asText(separator))),
  timestamp: (d) => method(() => float(epoch(d))),
  date: (d) =>
    method(() =>
      dateValue(new DateTime(d.seconds - (((d.seconds % 86_400) + 86_400) % 86_400), 0, null, true)),
    ),
  weekday: (_, f) => method(() => f.weekday),
  isoweekday: (_, f) => method(() => f.weekday + 1),
  isocalendar: (_, f) => method(() => isoCalendar(f)),
  toordinal: (d) => method(() => Math.floor(d.seconds / 86_400) + 719_163),
  ctime: (d) => method(() => strftime('%a %b %e %H:%M:%S %Y', moment(d))),
};

function difference(a: DateTime, b: DateTime): Special {
  if ((a.offset === null) !== (b.offset === null))
    throw new TemplateError('a time with a zone and one without cannot be subtracted');
  return deltaValue(
    new TimeDelta(0, a.seconds - (a.offset ?? 0) - (b.seconds - (b.offset ?? 0)), a.micros - b.micros),
  );
}

function moved(d: DateTime, by: TimeDelta, sign: 1 | -1): Special {
  const micros = d.micros + sign * by.micros;
  const carry = Math.floor(micros / 1_000_000);
  const seconds = d.seconds + sign * (by.days * 86_400 + (d.dateOnly ? 0 : by.seconds)) + carry;
  return dateValue(new DateTime(seconds, micros - carry * 1_000_000, d.offset, d.dateOnly));
}

/** A date or time as templates see it: Python's date or datetime. */
export function dateValue(d: DateTime): Special {
  const of = (v: Value) => (v instanceof Special ? dates.get(v) : undefined);
  const delta = (v: Value) => (v instanceof Special ? deltas.get(v) : undefined);
  const order = (other: DateTime) =>
    d.seconds - (d.offset ?? 0) - (other.seconds - (other.offset ?? 0)) || d.micros - other.micros;
  const value = new Special(d.dateOnly ? 'date' : 'datetime', {
    attr: (name) => (Object.hasOwn(DATE, name) ? DATE[name]!(d, fieldsOf(d.seconds)) : undefined),
    text: () => dateText(d),
    repr: () => dateRepr(d),
    equals: (v) => of(v) !== undefined && of(v)!.dateOnly === d.dateOnly && order(of(v)!) === 0,
    compare: (v) => (of(v) ? order(of(v)!) : undefined),
    add: (v) => (delta(v) ? moved(d, delta(v)!, 1) : undefined),
    subtract: (v) => (of(v) ? difference(d, of(v)!) : delta(v) ? moved(d, delta(v)!, -1) : undefined),
  });
  dates.set(value, d);
  return value;
}

/** The current time on the controller's clock, or in UTC. */
export function nowValue(utc: boolean): Special {
  return dateOf(new Date(), utc);
}

/** A moment on the controller's clock, or in UTC, as Python's naive datetime. */
export function dateOf(at: Date, utc = false): Special {
  const ms = at.getTime();
  const offset = utc ? 0 : -at.getTimezoneOffset() * 60;
  return dateValue(new DateTime(Math.floor(ms / 1000) + offset, asNumber(ms % 1000)! * 1000, null));
}
