import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FfeError } from '../../errors/error.js';
import { missingFile } from '../../playbook/find-file.js';
import type { Include, Task } from '../../playbook/tree.js';
import { posOf } from '../../values/position.js';
import { candidates, searchPath } from '../scopes.js';

type Kind = 'files' | 'templates' | 'tasks';
type Wanted = { readonly kind: Kind; readonly what: string; readonly argument: string };

/** Modules that read a file of the controller, and the argument that names it. */
const READERS: Readonly<Record<string, Wanted>> = {
  copy: { kind: 'files', what: 'the file', argument: 'src' },
  template: { kind: 'templates', what: 'the template', argument: 'src' },
  unarchive: { kind: 'files', what: 'the archive', argument: 'src' },
  script: { kind: 'files', what: 'the script', argument: '_raw_params' },
};
const INCLUDED: Wanted = { kind: 'tasks', what: 'the task file', argument: '_raw_params' };
/** With these the file may lie elsewhere, or not be needed. */
const DOUBTFUL = ['remote_src', 'creates', 'removes', 'copy'];
const PLAIN = /^[\w./-]+$/;

/** The name as it is written, without arguments of a script; undefined when only a run can tell. */
function nameOf(item: Task | Include, wanted: Wanted): string | undefined {
  const { args } = item;
  if (DOUBTFUL.some((name) => args.has(name)) || (item.kind === 'task' && item.argsTemplate))
    return undefined;
  const others = wanted.argument === 'src' ? undefined : (args.get('cmd') ?? args.get('file'));
  const given = args.get(wanted.argument) ?? others;
  if (typeof given !== 'string') return undefined;
  const name = wanted === READERS.script ? given.trim().split(/\s/)[0]! : given;
  return PLAIN.test(name) ? name : undefined;
}

function wantedBy(item: Task | Include): Wanted | undefined {
  if (item.kind === 'task') return READERS[item.module];
  return item.what === 'tasks' && !item.handler ? INCLUDED : undefined;
}

/**
 * The error for a file of the controller that a task or include names outright and that is in none of the places where
 * it would be looked for (`playFile` is the play's); undefined when it is there or there is a doubt.
 */
export function missingSource(item: Task | Include, playFile: string): FfeError | undefined {
  const wanted = wantedBy(item);
  const name = wanted && nameOf(item, wanted);
  if (!name) return undefined;
  const tried = candidates(wanted.kind, name, searchPath(item.frame, dirname(playFile)));
  if (tried.some((path) => existsSync(path))) return undefined;
  const otherwise = item.kind === 'task' ? item.argsPos : item.pos;
  return missingFile(wanted.what, name, tried, posOf(item.args, wanted.argument as never) ?? otherwise);
}
