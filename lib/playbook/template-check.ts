import { FfeError } from '../errors/error.js';
import type { Origin } from '../template/templater.js';
import type { Raw } from '../values/value.js';
import { textPos } from '../yaml/marks.js';
import type { Loading } from './loading.js';
import { isTemplate, placeOf } from './raw.js';
import type { At, Frame } from './tree.js';

type Kind = 'value' | 'condition';

function check(loading: Loading, text: string, kind: Kind, origin: Origin): void {
  try {
    loading.options.checkTemplate?.(text, kind, origin);
  } catch (error) {
    if (!(error instanceof FfeError)) throw error;
    loading.errors.push(error);
  }
}

/** True where a condition decides whether something is computed at all: of the frame itself, or one that it is in. */
export function guarded(frame: Frame | undefined): boolean {
  for (let f = frame; f; f = f.parent) if (f.when.length > 0) return true;
  return false;
}

/**
 * Runs checks of what may never be computed. A name that nobody knows (a filter of a collection that is not there) is
 * then no error but a warning: Ansible finds it when it is used.
 */
export function checkLenient(loading: Loading, lenient: boolean, run: (loading: Loading) => void): void {
  const found: FfeError[] = lenient ? [] : loading.errors;
  run({ ...loading, errors: found });
  if (!lenient) return;
  for (const error of found)
    if (error.code !== 'unknown-name') loading.errors.push(error);
    else
      loading.warnings.push({
        text: `this fails if it is used: ${error.message}`,
        ...(error.pos && { pos: error.pos }),
      });
}

/** Checks every template below a key of a container; `owner` and `key` give the places. */
function checkUnder(
  loading: Loading,
  owner: unknown,
  key: unknown,
  value: Raw | undefined,
  kind: Kind,
): void {
  if (typeof value === 'string') {
    if (kind === 'condition' || isTemplate(value))
      check(loading, value, kind, {
        get pos() {
          return textPos(owner, key, 1, 1) ?? placeOf(owner, '', key);
        },
        place: (line, col) => textPos(owner, key, line, col),
      });
  } else checkInside(loading, value, kind);
}

function checkInside(loading: Loading, value: Raw | undefined, kind: Kind): void {
  if (Array.isArray(value))
    for (const [i, item] of value.entries()) checkUnder(loading, value, i, item as Raw, kind);
  else if (value instanceof Map)
    for (const [key, item] of value) checkUnder(loading, value, key, item as Raw, kind);
}

/** Checks the templates of a keyword's value. */
export function checkAt(loading: Loading, at: At | undefined, kind: Kind): void {
  if (!at || !loading.options.checkTemplate) return;
  if (typeof at.value !== 'string') checkInside(loading, at.value, kind);
  else if (kind === 'condition' || isTemplate(at.value)) check(loading, at.value, kind, { pos: at.pos });
}

/** Checks the templates of arguments; `conditions` are names whose texts are bare expressions. */
export function checkArgs(
  loading: Loading,
  args: ReadonlyMap<string, Raw>,
  conditions: readonly string[],
): void {
  if (!loading.options.checkTemplate) return;
  for (const [name, value] of args)
    checkUnder(loading, args, name, value, conditions.includes(name) ? 'condition' : 'value');
}

/** Checks the templates of a frame: its conditions, variables and inherited keywords. */
export function checkFrame(loading: Loading, frame: Frame): void {
  if (!loading.options.checkTemplate) return;
  // The first condition is asked wherever those around it hold, each other one only where it holds.
  for (const [i, when] of frame.when.entries())
    checkLenient(loading, i > 0 || guarded(frame.parent), (l) => checkAt(l, when, 'condition'));
  checkLenient(loading, guarded(frame), (l) => {
    for (const directive of frame.directives.values()) checkAt(l, directive, 'value');
  });
  checkLenient(loading, true, (l) => checkArgs(l, frame.vars, []));
}
