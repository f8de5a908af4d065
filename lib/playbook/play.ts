import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { str } from '../values/print.js';
import type { Raw } from '../values/value.js';
import { checkKeywords } from './check-keywords.js';
import { frameOf, joined } from './frame.js';
import { PLAY, PLAY_ONLY } from './keywords.js';
import { attempt, type Loading, type Place } from './loading.js';
import { at, atList, type Dict, keyError, kindOf, placeOf, textOf } from './raw.js';
import { warnOfReserved } from './reserved.js';
import { useRole } from './role-use.js';
import { checkAt, checkFrame } from './template-check.js';
import type { At, Frame, Play, PlayKeyword, RoleItem } from './tree.js';

/** What import_playbook adds to every play it brings. */
export type Imported = {
  readonly vars: ReadonlyMap<string, Raw>;
  readonly tags: readonly string[];
  readonly when: readonly At[];
};

function hostsOf(dict: Dict, file: string): At {
  const hosts = at(dict, 'hosts', file);
  if (!hosts)
    throw new FfeError('bad-value', "this play has no 'hosts'", {
      pos: placeOf(dict, file),
      hint: 'a play says on which hosts it runs: hosts: all',
    });
  const empty =
    hosts.value === null || hosts.value === '' || (Array.isArray(hosts.value) && hosts.value.length === 0);
  if (empty)
    throw new FfeError('bad-value', 'Hosts list cannot be empty. Please check your playbook', {
      pos: hosts.pos,
    });
  for (const { value, pos } of atList(dict, 'hosts', file))
    if (textOf(value) === undefined)
      throw new FfeError('bad-value', `a host pattern is a text, not ${kindOf(value)}`, { pos });
  return hosts;
}

function frameOfPlay(dict: Dict, file: string, loading: Loading, imported: Imported | undefined): Frame {
  const frame = frameOf('play', dict, { loading, file, parent: undefined });
  const user = at(dict, 'user', file);
  if (user && frame.directives.has('remote_user'))
    throw keyError(
      'bad-value',
      "both 'user' and 'remote_user' are set for this play. The use of 'user' is deprecated, and should be removed",
      dict,
      'user',
    );
  const directives =
    user && !frame.directives.has('remote_user')
      ? new Map([...frame.directives, ['remote_user', user] as const])
      : frame.directives;
  if (!imported) return { ...frame, directives };
  return {
    ...frame,
    directives,
    vars: imported.vars.size > 0 ? joined([frame.vars, imported.vars]) : frame.vars,
    tags: [...new Set([...frame.tags, ...imported.tags])],
    when: [...imported.when, ...frame.when],
  };
}

function keywordsOf(dict: Dict, file: string, loading: Loading): Map<PlayKeyword, At> {
  const found = new Map<PlayKeyword, At>();
  for (const name of Object.keys(PLAY_ONLY) as PlayKeyword[]) {
    const value = at(dict, name, file);
    if (!value) continue;
    checkAt(loading, value, 'value');
    found.set(name, value);
  }
  return found;
}

function rolesOf(dict: Dict, place: Place): RoleItem[] {
  const list = dict.get('roles');
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list))
    throw keyError(
      'bad-value',
      `A malformed role declaration was encountered. roles is a list, not ${kindOf(list)}`,
      dict,
      'roles',
    );
  return (list as Raw[]).flatMap((raw, i) => {
    const pos = placeOf(list, place.file, i);
    return attempt(place.loading, () => useRole(raw, pos, place)) ?? [];
  });
}

const PROMPT = ['name', 'prompt', 'default', 'private', 'confirm', 'encrypt', 'salt_size', 'salt', 'unsafe'];

function checkPrompt(prompt: Dict): void {
  for (const key of prompt.keys())
    if (!PROMPT.includes(str(key)))
      throw keyError(
        'unknown-name',
        `Invalid vars_prompt data structure, found unsupported key '${str(key)}'${didYouMean(str(key), PROMPT)}`,
        prompt,
        key,
      );
}

function promptsOf(dict: Dict, file: string): At<ReadonlyMap<string, Raw>>[] {
  return atList(dict, 'vars_prompt', file).map(({ value, pos }) => {
    if (!(value instanceof Map && value.has('name')))
      throw new FfeError('bad-value', "Invalid vars_prompt data structure, missing 'name' key", { pos });
    checkPrompt(value as Dict);
    return { value: value as ReadonlyMap<string, Raw>, pos };
  });
}

/** The list under a keyword; anything else has been reported with the keywords. */
function listAt(dict: Dict, key: string): Raw {
  const list = dict.get(key);
  return Array.isArray(list) ? list : null;
}

/** Reads one play. Its roles and tasks are read even when some are wrong. */
export function readPlay(dict: Dict, file: string, loading: Loading, imported?: Imported): Play | undefined {
  checkKeywords(loading, dict, PLAY, 'Play');
  const hosts = attempt(loading, () => hostsOf(dict, file));
  const frame = attempt(loading, () => frameOfPlay(dict, file, loading, imported));
  if (!frame) return undefined;
  checkFrame(loading, frame);
  warnOfReserved(loading, frame.vars);
  const place: Place = { loading, frame, file, handler: false, stack: [file] };
  const list = (key: string, handler = false) => loading.items(listAt(dict, key), { ...place, handler });
  const play = {
    name: at(dict, 'name', file),
    pos: placeOf(dict, file),
    file,
    frame,
    keywords: keywordsOf(dict, file, loading),
    roles: attempt(loading, () => rolesOf(dict, place)) ?? [],
    preTasks: list('pre_tasks'),
    tasks: list('tasks'),
    postTasks: list('post_tasks'),
    handlers: list('handlers', true),
    varsFiles: atList(dict, 'vars_files', file),
    varsPrompt: attempt(loading, () => promptsOf(dict, file)) ?? [],
  };
  checkAt(loading, play.name, 'value');
  return hosts && { ...play, hosts };
}

/** The name of a play as written, or its hosts. */
export function playTitle(play: Play): string {
  const name = textOf(play.name?.value);
  if (name) return name;
  const hosts = play.hosts.value;
  return Array.isArray(hosts) ? hosts.map((h) => str(h as string)).join(',') : (textOf(hosts) ?? '');
}
