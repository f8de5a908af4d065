import { FfeError } from '../errors/error.js';
import { validateArgs } from '../modules/validate.js';
import { posOf } from '../values/position.js';
import type { Raw } from '../values/value.js';
import { type Action, actionNamed } from './action.js';
import { checkKeywords } from './check-keywords.js';
import { frameOf } from './frame.js';
import { HANDLER, type Keywords, TASK } from './keywords.js';
import { lateOf } from './late-action.js';
import type { Loading, Place } from './loading.js';
import { loopOf } from './loop.js';
import { at, atList, type Dict, isTemplate, placeOf, textOf } from './raw.js';
import { checkArgs, checkAt, checkFrame, checkLenient, guarded } from './template-check.js';
import type { At, Common, Frame, Task } from './tree.js';

// Arguments that are expressions by themselves, without delimiters.
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = { assert: ['that'], debug: ['var'] };

/** What Ansible calls an item of a list of tasks. */
function levelOf(action: Action, place: Place): string {
  if (action.builtin === undefined || action.builtin === 'meta') return place.handler ? 'Handler' : 'Task';
  if (action.builtin.endsWith('_role')) return 'IncludeRole';
  return place.handler ? 'HandlerTaskInclude' : 'TaskInclude';
}

/** Reports keys of a task that are neither keywords nor its own module. */
export function checkTaskKeys(dict: Dict, action: Action, known: Keywords, place: Place): void {
  checkKeywords(
    place.loading,
    dict,
    known,
    levelOf(action, place),
    (key) => key === action.key || key.startsWith('with_') || (key in TASK && known === HANDLER),
  );
}

/** What tasks, includes and meta have alike. */
export function commonOf(dict: Dict, action: Action, place: Place): Common {
  const { loading, file } = place;
  const frame = localFrame(frameOf('task', dict, { loading, file, parent: place.frame }), action);
  const name = at(dict, 'name', file);
  checkAt(loading, name, 'value');
  checkFrame(loading, frame);
  return {
    name,
    frame,
    pos: placeOf(dict, file),
    loop: loopOf(dict, place),
    register: registerOf(dict, place),
  };
}

function localFrame(frame: Frame, action: Action): Frame {
  if (!action.local) return frame;
  const here: At = { value: 'localhost', pos: frame.pos };
  return { ...frame, directives: new Map([...frame.directives, ['delegate_to', here]]) };
}

function registerOf(dict: Dict, place: Place): string | undefined {
  const value = dict.get('register');
  if (value === undefined || value === null) return undefined;
  const text = textOf(value);
  if (text !== undefined && /^[a-zA-Z_]\w*$/.test(text)) return text;
  throw new FfeError('bad-value', `Invalid variable name in 'register' specified: '${text ?? ''}'`, {
    pos: placeOf(dict, place.file, 'register'),
    hint: isTemplate(value) ? 'the name is written without braces' : undefined,
  });
}

function hasModuleDefaults(frame: Frame | undefined): boolean {
  for (let f = frame; f; f = f.parent) if (f.directives.has('module_defaults')) return true;
  return false;
}

/** A truth value as far as it can be known before the run: a template may be true. */
const isTrueAhead = (given: Raw): boolean => !/^(?:false|no|off|0|n|f)$/i.test(String(given));

/** Whether the playbook reckons with the task's failure: it then fails when it runs, and whoever reads is only warned. */
function tolerated(dict: Dict, frame: Frame, own?: Raw): boolean {
  if (dict.has('failed_when')) return true;
  if (own !== undefined && own !== null) return isTrueAhead(own);
  for (let f: Frame | undefined = frame; f; f = f.parent) if (f.rescued) return true;
  for (let f: Frame | undefined = frame; f; f = f.parent) {
    const given = f.directives.get('ignore_errors')?.value;
    if (given !== undefined) return isTrueAhead(given);
  }
  return false;
}

function checkArguments(dict: Dict, action: Action, frame: Frame, place: Place): void {
  const { module, args, argsTemplate } = action;
  if (!module) return;
  const { loading } = place;
  const forgiven = tolerated(dict, frame);
  const found: FfeError[] = [];
  checkLenient({ ...loading, errors: found }, guarded(frame), (l) => {
    checkArgs(l, args, EXPRESSIONS[module.name] ?? []);
    checkAt(l, argsTemplate, 'value');
  });
  noteMistakes(found, forgiven, loading);
  const partial = argsTemplate !== undefined || hasModuleDefaults(frame);
  const origin = posOf(args) ? args : undefined;
  const result = validateArgs(module, args, { origin, ahead: true, partial });
  if (result.ok) return;
  const errors = result.errors.map((error) => (error.pos ? error : placed(error, frame)));
  if (forgiven || !ofOthers(frame)) noteMistakes(errors, forgiven, loading);
  else for (const error of errors) warnOf(error, 'this task will fail if it runs', loading);
}

/** A role may hold, behind a condition, what older modules took, or a mistake that nobody ever met. */
function ofOthers(frame: Frame): boolean {
  if (!guarded(frame)) return false;
  for (let f: Frame | undefined = frame; f; f = f.parent) if (f.role) return true;
  return false;
}

function warnOf({ message, pos }: FfeError, words: string, loading: Loading): void {
  loading.warnings.push({ text: `${words}: ${message}`, pos });
}

/** Errors of a task stop the run before it begins, unless the playbook reckons with the task's failure. */
function noteMistakes(errors: readonly FfeError[], forgiven: boolean, loading: Loading): void {
  if (!forgiven) loading.errors.push(...errors);
  else for (const error of errors) warnOf(error, 'this task will fail', loading);
}

/** Checks the keywords of a task; what is no keyword at all is never forgiven. */
function checkTask(dict: Dict, action: Action, place: Place): Common {
  const { loading, handler } = place;
  const found: FfeError[] = [];
  checkTaskKeys(dict, action, handler ? HANDLER : TASK, { ...place, loading: { ...loading, errors: found } });
  const forgiven = tolerated(dict, place.frame, dict.get('ignore_errors'));
  for (const error of found) noteMistakes([error], forgiven && error.code === 'bad-value', loading);
  return commonOf(dict, action, place);
}

function placed(error: FfeError, frame: Frame): FfeError {
  const { span, hint, notes } = error;
  return new FfeError(error.code, error.message, { pos: frame.pos, span, hint, notes });
}

function conditions(dict: Dict, key: string, place: Place): At[] | undefined {
  if (!dict.has(key)) return undefined;
  const list = atList(dict, key, place.file);
  for (const condition of list) checkAt(place.loading, condition, 'condition');
  return list;
}

/** The names under `listen`. */
export function listenOf(dict: Dict, file: string): string[] {
  return atList(dict, 'listen', file).flatMap(({ value }) => textOf(value) ?? []);
}

/** The task with the module that its template named when it ran. */
function lateTask(dict: Dict, name: string, place: Place): Task {
  const action = actionNamed(dict, name, place);
  if (action.module) return readTask(dict, action, place);
  throw new FfeError(
    'unsupported',
    `'${name}' cannot be named by a template: its tasks are read before the run`,
    {
      pos: placeOf(dict, place.file, action.key),
    },
  );
}

/** Reads a task that calls a module. */
export function readTask(dict: Dict, action: Action, place: Place): Task {
  const { file, handler } = place;
  const common = checkTask(dict, action, place);
  checkArguments(dict, action, common.frame, place);
  return {
    kind: 'task',
    ...common,
    late: action.lateName && lateOf(action.lateName, place, (name, at) => lateTask(dict, name, at)),
    module: action.module!.name,
    definition: action.module,
    written: action.written,
    args: action.args as ReadonlyMap<string, Raw>,
    argsTemplate: action.argsTemplate,
    argsPos: posOf(action.args) ?? placeOf(dict, file, action.key),
    until: conditions(dict, 'until', place),
    retries: at(dict, 'retries', file),
    delay: at(dict, 'delay', file),
    changedWhen: conditions(dict, 'changed_when', place),
    failedWhen: conditions(dict, 'failed_when', place),
    notify: atList(dict, 'notify', file),
    async: at(dict, 'async', file),
    poll: at(dict, 'poll', file),
    listen: handler ? listenOf(dict, file) : [],
    handler,
  };
}
