import type { Action } from '../../node/actions/action.js';
import { text } from '../../node/content.js';
import { type PathAnswer, type PathQuery, path, type ReadAnswer } from '../../node/queries/query.js';
import type { Diff } from '../plan.js';
import { probed, textOf } from '../probed-file.js';

const LOAD = '/etc/modules-load.d';
const OPTIONS = '/etc/modprobe.d';
/** The folders that say what is loaded at boot, and with which parameters. */
export const PARTS = [LOAD, OPTIONS] as const;

type Wish = { readonly name: string; readonly params: string; readonly persistent: string };
type Edit = { readonly action: Action; readonly diff: Diff };

/** The queries about files of those folders, from a listing of `find`. */
export function partQueries(list: ReadAnswer | undefined): PathQuery[] {
  const names = list?.stdout.toString('utf8').split('\n').filter(Boolean).sort() ?? [];
  return names.map((name) => path(name, { content: true, follow: true }));
}

function words(line: string): string[] {
  return line
    .replace(/[#;].*/, '')
    .trim()
    .split(/\s+/);
}

function loads(line: string, name: string): boolean {
  const found = words(line);
  return found.length === 1 && found[0] === name;
}

function parameters(line: string, name: string): string[] {
  const [option, module, ...rest] = words(line);
  return option === 'options' && module === name ? rest : [];
}

function commented(before: string, gone: (line: string) => boolean): string {
  return before
    .split('\n')
    .map((line) => (gone(line) ? `#${line}` : line))
    .join('\n');
}

/** The changes that make a module be loaded at boot with its parameters, or no longer. */
export function loadPlan(wish: Wish, files: readonly PathAnswer[]): Edit[] {
  const { name } = wish;
  const present = wish.persistent === 'present';
  const before = new Map(files.map((f) => [f.path, textOf(f) ?? '']));
  const after = new Map(before);
  const under = (folder: string) => [...before].filter(([p]) => p.startsWith(`${folder}/`));
  const isLoaded = under(LOAD).some(([, t]) => t.split('\n').some((l) => loads(l, name)));
  if (present && !isLoaded) after.set(`${LOAD}/${name}.conf`, `${name}\n`);
  if (!present)
    for (const [p, t] of under(LOAD))
      after.set(
        p,
        commented(t, (l) => loads(l, name)),
      );
  const set = under(OPTIONS).flatMap(([, t]) => t.split('\n').flatMap((l) => parameters(l, name)));
  const wanted = present ? wish.params.split(/\s+/).filter(Boolean) : [];
  if ([...set].sort().join(' ') !== [...wanted].sort().join(' ')) {
    for (const [p, t] of under(OPTIONS))
      after.set(
        p,
        commented(t, (l) => parameters(l, name).length > 0),
      );
    const lines = wanted.map((w) => `options ${name} ${w}\n`).join('');
    if (lines !== '') after.set(`${OPTIONS}/${name}.conf`, lines);
  }
  return [...after].flatMap(([p, t]) => (t === before.get(p) ? [] : [edit(p, t, before.get(p), files)]));
}

function edit(p: string, after: string, before: string | undefined, files: readonly PathAnswer[]): Edit {
  const file = files.find((f) => f.path === p);
  const attributes = file?.exists ? undefined : { mode: 0o644 };
  return {
    action: { kind: 'write', path: p, content: text(after), expect: probed(file), attributes },
    diff: {
      before: before ?? '',
      after,
      beforeHeader: before === undefined ? '/dev/null' : p,
      afterHeader: p,
    },
  };
}
