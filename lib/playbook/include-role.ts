import { basename } from 'node:path';
import { FfeError } from '../errors/error.js';
import { str } from '../values/print.js';
import { truthy } from '../values/truth.js';
import type { Raw, Value } from '../values/value.js';
import { yamlBool } from '../yaml/scalar.js';
import type { Action } from './action.js';
import { frameOf, notifying } from './frame.js';
import { applyOf, checkIncludeArgs, includeFrame, staticText } from './include-tasks.js';
import { INCLUDE, TASK } from './keywords.js';
import {
  AlreadyReportedError,
  type Loading,
  type Place,
  type RolePart,
  type RoleRequest,
  settleErrors,
} from './loading.js';
import { type Dict, keyError, placeOf, textOf } from './raw.js';
import { checkTaskKeys, commonOf } from './task.js';
import { checkArgs, checkFrame } from './template-check.js';
import type { Frame, Include, RoleItem } from './tree.js';

const FROM: Readonly<Record<string, RolePart>> = {
  tasks_from: 'tasks',
  handlers_from: 'handlers',
  vars_from: 'vars',
  defaults_from: 'defaults',
};
const IMPORT_ARGS = ['name', 'role', ...Object.keys(FROM), 'allow_duplicates', 'rolespec_validate'];
const INCLUDE_ARGS = [...IMPORT_ARGS, 'apply', 'public'];

type Given = ReadonlyMap<string, unknown>;

function flag(args: Given, name: string, otherwise: boolean): boolean {
  const value = args.get(name) as Value | undefined;
  if (value === undefined || value === null) return otherwise;
  return typeof value === 'string' ? (yamlBool(value) ?? truthy(value)) : truthy(value);
}

function nameIn(args: Given, action: Action, dict: Dict, place: Place): string {
  const name = textOf((args.get('name') ?? args.get('role')) as Raw);
  if (name !== undefined && name !== '') return name;
  throw new FfeError('bad-value', `${action.written} names no role`, {
    pos: placeOf(dict, place.file, action.key),
  });
}

function fromIn(args: Given, evaluate: (text: string) => string): RoleRequest['from'] {
  return Object.fromEntries(
    Object.entries(FROM).flatMap(([key, part]) => {
      const text = textOf(args.get(key) as Raw);
      return text === undefined ? [] : [[part, evaluate(text)]];
    }),
  );
}

/** Reads import_role: a static use of a role with the import's keywords. */
export function readImportRole(dict: Dict, action: Action, place: Place): RoleItem {
  const { loading, file } = place;
  if (place.handler)
    throw keyError('bad-value', `Using '${action.written}' as a handler is not supported.`, dict, action.key);
  for (const key of dict.keys())
    if (key === 'loop' || str(key).startsWith('with_'))
      throw keyError('bad-value', `${action.written} cannot loop`, dict, key, 'use include_role for a loop');
  checkTaskKeys(dict, action, TASK, place);
  checkIncludeArgs(action, IMPORT_ARGS, place);
  const frame = notifying(frameOf('role', dict, { loading, file, parent: place.frame }), dict);
  checkFrame(loading, frame);
  const pos = placeOf(dict, file, action.key);
  const evaluate = (text: string) => staticText(text, loading, frame, pos);
  // A static import takes the last part of a path, as Ansible does; an include takes paths within the role's folder.
  const evaluateFrom = (text: string) => basename(evaluate(text));
  const item = loading.role({
    name: evaluate(nameIn(action.args, action, dict, place)),
    pos,
    place,
    frame,
    from: fromIn(action.args, evaluateFrom),
    exported: true,
    allowDuplicates: flag(action.args, 'allow_duplicates', true),
    validate: flag(action.args, 'rolespec_validate', true),
  });
  if (!item) throw new AlreadyReportedError();
  return item;
}

/** Reads include_role; the role is read when it runs. */
export function readIncludeRole(dict: Dict, action: Action, place: Place): Include {
  if (place.handler)
    throw keyError('bad-value', `Using '${action.written}' as a handler is not supported.`, dict, action.key);
  checkTaskKeys(dict, action, INCLUDE, place);
  checkIncludeArgs(action, INCLUDE_ARGS, place);
  checkArgs(place.loading, action.args, []);
  const common = commonOf(dict, action, place);
  const apply = applyOf(action, place);
  const args = new Map([...action.args].filter(([name]) => name !== 'apply'));
  nameIn(args, action, dict, place);
  const read = (given: Given, within?: Frame): RoleItem => {
    const loading: Loading = { ...place.loading, errors: [] };
    const fresh: Place = { ...place, loading, stack: [], dynamic: true };
    const around = includeFrame({ frame: common.frame, apply }, fresh, place.file, within);
    const item = loading.role({
      name: nameIn(given, action, dict, place),
      pos: placeOf(dict, place.file, action.key),
      place: { ...fresh, frame: around },
      frame: { directives: new Map(), when: [], tags: [], vars: common.frame.vars },
      from: fromIn(given, (text) => text),
      exported: flag(given, 'public', false),
      allowDuplicates: flag(given, 'allow_duplicates', true),
      validate: flag(given, 'rolespec_validate', true),
    });
    settleErrors(loading);
    if (!item) throw new AlreadyReportedError();
    return item;
  };
  return {
    kind: 'include',
    ...common,
    what: 'role',
    written: action.written,
    args,
    apply,
    handler: false,
    listen: [],
    read,
  };
}
