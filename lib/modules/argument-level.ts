import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { keyPos, type Pos, posOf } from '../values/position.js';
import type { Value } from '../values/value.js';
import type { ArgSpec } from './args.js';
import type { Broken } from './argument-rules.js';

/** Stands for a value that is not known before templates are evaluated. */
export const LATER = Symbol('later');
/** A value, or that it is not known yet. */
export type Known = Value | typeof LATER;

/** What one validation gathers. `ahead` and `partial` as in ValidateOptions. */
export type Pass = {
  readonly module: string;
  readonly exact: boolean;
  readonly ahead: boolean;
  readonly partial: boolean;
  readonly errors: FfeError[];
  readonly secrets: Set<string>;
  readonly warnings: string[];
  /** The module's own words in the place of the usual ones, for results. */
  readonly words?: Readonly<Record<string, string>>;
};

/** A dict of arguments: the module's own, or a nested one. `written` has the alias under which an argument was given. */
export type Level = {
  readonly origin: unknown;
  readonly path: readonly string[];
  readonly written: Map<string, string>;
};

/** The level of a dict written at `origin`, under the names of `path`. */
export function levelAt(origin: unknown, path: readonly string[]): Level {
  return { origin, path, written: new Map() };
}

/** What was written under a key or index, or undefined. */
export function child(origin: unknown, key: string | number): unknown {
  if (origin instanceof Map) return origin.get(key);
  return Array.isArray(origin) ? origin[key as number] : undefined;
}

/** What was written for an argument, under its alias if need be. */
export function writtenAt(level: Level, name: string): unknown {
  return child(level.origin, level.written.get(name) ?? name);
}

/** Where an argument's name or value was written; of the whole level when `name` is undefined. */
export function place(level: Level, name: string | undefined, part: 'key' | 'value'): Pos | undefined {
  if (name === undefined) return posOf(level.origin);
  const written = level.written.get(name) ?? name;
  return part === 'key' ? keyPos(level.origin, written) : posOf(level.origin, written);
}

/** Notes a bad value. */
export function report(pass: Pass, level: Level, message: string, pos?: Pos, hint?: string): void {
  const where = level.path.length ? ` found in ${level.path.join(' -> ')}` : '';
  const words = (pass.ahead ? undefined : pass.words?.[message]) ?? message;
  note(pass, level, words + where, pos, hint);
}

/** Notes a problem whose words already say which level it is in. */
export function note(pass: Pass, level: Level, message: string, pos?: Pos, hint?: string): void {
  pass.errors.push(new FfeError('bad-value', message, { pos: pos ?? posOf(level.origin), hint }));
}

/** Notes broken rules. */
export function reportBroken(pass: Pass, level: Level, broken: readonly Broken[]): void {
  for (const { message, name } of broken) report(pass, level, message, place(level, name, 'key'));
}

// These check the names of their arguments by themselves, in words of their own (plugins/action/__init__.py).
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...['assert', 'debug', 'fail', 'group_by', 'reboot', 'set_stats', 'wait_for_connection'],
]);

/** Ansible's words about unknown arguments, which playbooks may look for in a result. */
function unknownWords(pass: Pass, spec: ArgSpec, name: string, guess: string): string {
  if (OWN_WORDS.has(pass.module) && !pass.ahead) return `Invalid options for ${pass.module}: ${name}`;
  const words = `Unsupported parameters for (${pass.module}) module: ${name}${guess}`;
  const aliases = Object.values(spec).flatMap((arg) => arg.aliases ?? []);
  const others = aliases.length > 0 ? ` (${aliases.sort().join(', ')})` : '';
  const known = `${Object.keys(spec).sort().join(', ')}${others}`;
  return pass.ahead ? words : `${words}. Supported parameters include: ${known}.`;
}

/** Notes names that the module does not know. */
export function reportUnknown(pass: Pass, level: Level, spec: ArgSpec, names: readonly string[]): void {
  if (names.length === 0) return;
  const legal = Object.entries(spec).flatMap(([name, arg]) => [name, ...(arg.aliases ?? [])]);
  for (const name of names) {
    const full = [...level.path, name].join('.');
    const message = unknownWords(pass, spec, full, didYouMean(name, legal));
    const hint = `supported parameters: ${Object.keys(spec).sort().join(', ') || 'none'}`;
    const pos = keyPos(level.origin, name);
    pass.errors.push(new FfeError('unknown-name', message, { pos, span: name.length, hint }));
  }
}

/** Gives values under aliases their real names; returns the names that nobody knows. */
export function resolveAliases(pass: Pass, level: Level, spec: ArgSpec, given: Map<string, Known>): string[] {
  const owner = new Map(Object.keys(spec).map((name) => [name, name]));
  for (const [name, arg] of Object.entries(spec))
    for (const alias of arg.aliases ?? []) owner.set(alias, name);
  const unknown: string[] = [];
  for (const [name, value] of [...given]) {
    const real = owner.get(name);
    if (real === undefined) unknown.push(name);
    if (real === undefined || real === name) continue;
    if (given.has(real)) pass.warnings.push(`Both option ${real} and its alias ${name} are set.`);
    given.delete(name);
    given.set(real, value);
    level.written.set(real, name);
  }
  return unknown;
}
