import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { keyPos, type Pos } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw } from '../values/value.js';
import type { Action } from './action.js';
import { checkKeywords } from './check-keywords.js';
import { findTasks } from './find-file.js';
import { bareFrame, frameOf, notifying } from './frame.js';
import { BLOCK, HANDLER, INCLUDE, TASK } from './keywords.js';
import { type Loading, type Place, settleErrors } from './loading.js';
import { type Dict, isTemplate, keyError, kindOf, placeOf, textOf } from './raw.js';
import { checkTaskKeys, commonOf, listenOf } from './task.js';
import { checkArgs, checkFrame } from './template-check.js';
import type { Block, Frame, Include } from './tree.js';

const TASK_ARGS = ['file', '_raw_params', 'apply'];

/** Reports arguments that an import or include does not take. */
export function checkIncludeArgs(action: Action, known: readonly string[], place: Place): void {
  for (const name of action.args.keys()) {
    if (known.includes(name)) continue;
    const shown = known.filter((k) => !k.startsWith('_'));
    const pos = keyPos(action.args, name) ?? { file: place.file, line: 1, col: 1 };
    const message = `'${name}' is not an argument of ${action.written}${didYouMean(name, shown)}`;
    place.loading.errors.push(
      new FfeError('unknown-name', message, { pos, span: name.length, hint: `it takes ${shown.join(', ')}` }),
    );
  }
}

/** The keywords that `apply` gives to what is included. */
export function applyOf(action: Action, place: Place): ReadonlyMap<string, Raw> | undefined {
  const apply = action.args.get('apply');
  if (apply === undefined || apply === null) return undefined;
  if (!(apply instanceof Map))
    throw keyError(
      'bad-value',
      `apply must be a dict of keywords, not ${kindOf(apply)}`,
      action.args as Dict,
      'apply',
    );
  checkKeywords(place.loading, apply as Dict, BLOCK, 'Block');
  return apply as ReadonlyMap<string, Raw>;
}

/** A file name or role name that must be known before the run. Throws an FfeError for a template nobody can evaluate. */
export function staticText(text: string, loading: Loading, frame: Frame, pos: Pos): string {
  if (!isTemplate(text)) return text;
  if (!loading.options.template)
    throw new FfeError('undefined', `'${text}' must be known before the run`, { pos });
  return str(loading.options.template(text, frame, pos));
}

function targetOf(args: ReadonlyMap<string, unknown>, written: string, pos: Pos): string {
  const target = args.get('_raw_params') ?? args.get('file');
  const text = textOf(target as Raw);
  if (text !== undefined && text !== '') return text.trim();
  throw new FfeError('bad-value', `${written} names no file`, { pos });
}

/** The tasks of a file as the body of a block with the given frame. */
function blockOf(file: string, frame: Frame, pos: Pos, place: Place): Block {
  const { loading } = place;
  if (place.stack.includes(file))
    throw new FfeError('bad-value', `'${file}' imports itself`, {
      pos,
      notes: place.stack.map((f) => `within ${f}`),
    });
  const list = loading.read(file);
  if (list === null || list === undefined)
    loading.warnings.push({ text: `the task file '${file}' is empty`, pos });
  const inside = { ...place, frame, file, grouped: false, stack: [...place.stack, file] };
  const body = loading.items(list ?? null, inside);
  return { kind: 'block', frame, pos, body, rescue: [], always: [], written: false };
}

/** Reads import_tasks: the file's tasks with the import's keywords around them. */
export function readImportTasks(dict: Dict, action: Action, place: Place): Block {
  const { loading, file } = place;
  const pos = placeOf(dict, file, action.key);
  for (const key of dict.keys())
    if (key === 'loop' || str(key).startsWith('with_'))
      throw keyError('bad-value', `${action.written} cannot loop`, dict, key, 'use include_tasks for a loop');
  checkTaskKeys(dict, action, place.handler ? HANDLER : TASK, place);
  if (action.builtin === 'import_tasks') checkIncludeArgs(action, ['file', '_raw_params'], place);
  const frame = notifying(frameOf('block', dict, { loading, file, parent: place.frame }), dict);
  checkFrame(loading, frame);
  const own = action.builtin === 'include' ? includeFrameOf(action, frame) : frame;
  const name = staticText(targetOf(action.args, action.written, pos), loading, own, pos);
  const found = findTasks(name, place, pos);
  return blockOf(found, { ...own, file: found }, placeOf(dict, file), place);
}

const paramsOf = (args: ReadonlyMap<string, Raw>): Map<string, Raw> =>
  new Map([...args].filter(([name]) => !TASK_ARGS.includes(name)));

/**
 * The old `include` takes variables as further arguments. They are vars of the tasks inside, below what set_fact
 * sets, while its `vars` are include params, above it (TaskInclude.get_vars and get_include_params in core 2.14).
 */
function includeFrameOf(action: Action, frame: Frame): Frame {
  const given = paramsOf(action.args);
  if (given.size === 0) return { ...frame, kind: 'include' };
  const vars = { ...bareFrame('block', frame.parent, frame.pos, frame.file), vars: given };
  return { ...frame, kind: 'include', parent: vars };
}

/** The frame around what an include brings: its vars, and what `apply` says; not the include's own keywords. */
export function includeFrame(
  include: { readonly frame: Frame; readonly apply?: ReadonlyMap<string, Raw> },
  place: Place,
  file: string,
  within: Frame | undefined,
): Frame {
  const parent = within ?? place.frame;
  const { frame, apply } = include;
  const vars = { ...bareFrame('include', parent, frame.pos, file), vars: frame.vars };
  if (!apply) return vars;
  const where = { loading: place.loading, file, parent: vars, pos: frame.pos };
  return { ...notifying(frameOf('block', apply as Dict, where), apply as Dict), file };
}

/** What is no list fails the include, and not the whole run as other mistakes in its form do (core 2.14, _load_included_file). */
function mustBeList(content: Raw, file: string): void {
  if (content === null || Array.isArray(content)) return;
  throw new FfeError('parse', 'included task files must contain a list of tasks', {
    pos: placeOf(content, file),
    hint: `here is ${kindOf(content)}; each task begins with a dash`,
  });
}

/** Reads include_tasks; its file is read when it runs. */
export function readIncludeTasks(dict: Dict, action: Action, place: Place): Include {
  const { handler, file } = place;
  checkTaskKeys(dict, action, handler ? { ...INCLUDE, listen: 'strings' } : INCLUDE, place);
  if (action.builtin === 'include_tasks') checkIncludeArgs(action, TASK_ARGS, place);
  checkArgs(place.loading, action.args, []);
  const common = commonOf(dict, action, place);
  const apply = applyOf(action, place);
  const args = new Map([...action.args].filter(([name]) => name === 'file' || name === '_raw_params'));
  const pos = placeOf(dict, file, action.key);
  targetOf(args, action.written, pos);
  const params = action.builtin === 'include' ? paramsOf(action.args) : new Map<string, Raw>();
  const around = (within: Frame | undefined): Frame | undefined =>
    params.size === 0
      ? within
      : { ...bareFrame('block', within ?? place.frame, common.pos, file), vars: params };
  const read = (given: ReadonlyMap<string, unknown>, within?: Frame): Block => {
    const loading: Loading = { ...place.loading, errors: [] };
    const fresh: Place = { ...place, loading, stack: [], dynamic: true };
    const found = findTasks(targetOf(given, action.written, pos), fresh, pos);
    mustBeList(fresh.loading.read(found), found);
    const frame = includeFrame({ frame: common.frame, apply }, fresh, found, around(within));
    const block = blockOf(found, frame, common.pos, fresh);
    settleErrors(loading);
    return block;
  };
  const listen = handler ? listenOf(dict, file) : [];
  return {
    kind: 'include',
    ...common,
    what: 'tasks',
    written: action.written,
    args,
    apply,
    handler,
    listen,
    read,
  };
}

/** True when the old `include` can be read before the run. */
export function isStaticInclude(dict: Dict, action: Action): boolean {
  return (
    !isTemplate(action.args.get('_raw_params') ?? action.args.get('file') ?? null) &&
    ![...dict.keys()].some((key) => key === 'loop' || str(key).startsWith('with_'))
  );
}
