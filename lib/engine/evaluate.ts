import { FfeError } from '../errors/error.js';
import type { At, DirectiveName } from '../playbook/tree.js';
import type { Origin } from '../template/templater.js';
import { str } from '../values/print.js';
import { Undefined } from '../values/undefined.js';
import type { Raw, Value } from '../values/value.js';
import { originOf } from '../vars/origin.js';
import { isFinished, resolve } from '../vars/resolve.js';
import type { LayeredScope } from '../vars/scope.js';
import type { Effective } from './effective.js';

/** Evaluates an inherited keyword to text; undefined when nothing sets it (or sets it to nothing). */
export type Keyword = (name: DirectiveName) => string | undefined;

/** Finishes a raw value in a scope: templates are evaluated, tagged leaves opened. */
export function finish(raw: Raw, scope: LayeredScope, at?: At['pos'] | Origin): Value {
  if (isFinished(raw)) return raw as Value;
  const { templater, files } = scope.tools;
  return resolve(
    raw,
    (text, container, key) =>
      templater.value(
        text,
        scope,
        files,
        container ? originOf(container, key) : at && 'file' in at ? { pos: at } : at,
      ),
    files,
  );
}

/** A keyword's value. */
export function finishAt(at: At, scope: LayeredScope): Value {
  return finish(at.value, scope, at.pos);
}

const WORDS =
  "Valid booleans include: 'yes', 'on', '1', 'true', 't', 'y', 'no', 'off', '0', 'false', 'f', 'n'";

/** Ansible's reading of a truth value: booleans, 0 and 1, and the words yes/no, true/false, on/off. */
export function asBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  const word = str(value).trim().toLowerCase();
  if (['yes', 'on', '1', 'true', 't', 'y', '1.0'].includes(word)) return true;
  if (['no', 'off', '0', 'false', 'f', 'n', '0.0', ''].includes(word)) return false;
  throw new FfeError('bad-value', `The value '${word}' is not a valid boolean.  ${WORDS}`);
}

/** A variable as text; undefined when it is not set, is None, or is the omit placeholder. */
export function asText(scope: LayeredScope, name: string): string | undefined {
  const value = scope.get(name);
  if (value === undefined || value === null || value === scope.get('omit')) return undefined;
  if (value instanceof Undefined && value.sealed) throw value.sealed.error;
  if (value instanceof Undefined) {
    if (!scope.has(name) || value.message === `'${name}' is undefined`) return undefined;
    throw new FfeError('undefined', value.message, { pos: value.pos });
  }
  return str(value);
}

/** Looks up inherited keywords of a frame in a scope. */
export function keywords(effective: Effective, scope: LayeredScope): Keyword {
  return (name) => {
    const given = directive(effective, name, scope);
    return given === undefined || given.value === null ? undefined : str(given.value);
  };
}

/** An inherited keyword evaluated; where it is omitted, that of the frame around. */
function directive(
  effective: Effective,
  name: DirectiveName,
  scope: LayeredScope,
): { readonly value: Value; readonly at: At } | undefined {
  let last: At | undefined;
  for (let frame: Effective | undefined = effective; frame; frame = frame.outer) {
    const at = frame.directives.get(name);
    if (!at) return undefined;
    if (at === last) continue;
    last = at;
    const value = finishAt(at, scope);
    if (value !== scope.get('omit')) return { value, at };
  }
  return undefined;
}

/** An inherited keyword as a truth value, or `fallback` when nothing sets it. */
export function flag(
  effective: Effective,
  name: DirectiveName,
  scope: LayeredScope,
  fallback = false,
): boolean {
  const at = effective.directives.get(name);
  if (!at) return fallback;
  if (typeof at.value === 'boolean') return at.value;
  const given = directive(effective, name, scope);
  if (!given || given.value === null) return fallback;
  const { value } = given;
  try {
    return asBool(value);
  } catch (error) {
    const why = error instanceof FfeError ? error.message : String(error);
    const message = `the field '${name}' has an invalid value (${str(value)}), and could not be converted to an bool. The error was: ${why}`;
    throw new FfeError('bad-value', message, { pos: at.pos });
  }
}

/** A keyword as a number, or `fallback` when it is not set. */
export function number(at: At | undefined, scope: LayeredScope, fallback: number): number {
  if (!at) return fallback;
  const value = finishAt(at, scope);
  if (value === null || value === scope.get('omit')) return fallback;
  const n = Number(str(value));
  if (Number.isNaN(n))
    throw new FfeError('bad-value', `expected a number, found '${str(value)}'`, { pos: at.pos });
  return n;
}
