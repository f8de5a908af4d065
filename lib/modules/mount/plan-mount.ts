import { dirname } from 'node:path/posix';
import type { Action, Outcome } from '../../node/actions/action.js';
import { text } from '../../node/content.js';
import type { PathAnswer } from '../../node/queries/query.js';
import { quote, quoteAll } from '../../node/quote.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgsOf } from '../args.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { probed, textOf } from '../probed-file.js';
import { type Entry, withEntry, withoutEntry } from './fstab.js';
import type { mountArgs } from './mount-args.js';
import type { Mounted } from './mounted.js';

export type MountWish = ArgsOf<typeof mountArgs>;
export type MountFacts = {
  readonly fstab: PathAnswer;
  readonly folder: PathAnswer;
  readonly mounts: ReadonlyMap<string, Mounted>;
  /** The files that loop devices show, by the devices. */
  readonly files?: ReadonlyMap<string, string>;
};

/** The table of mounts that a task means. */
export function tableOf(wish: MountWish): string {
  return wish.fstab ?? '/etc/fstab';
}

function entryOf(wish: MountWish): { readonly entry: Entry; readonly warnings: string[] } {
  const { path: name, src = '', fstype = '', dump, passno } = wish;
  const opts = wish.opts ?? 'defaults';
  const words = opts.split(',');
  const base = { name, src, fstype, dump, passno };
  if (words.includes('noauto'))
    return { entry: { ...base, opts }, warnings: ["Ignore the 'boot' due to 'opts' contains 'noauto'."] };
  if (wish.boot) return { entry: { ...base, opts }, warnings: [] };
  if (words.includes('defaults'))
    return { entry: { ...base, opts }, warnings: ["Ignore the 'boot' due to 'opts' contains 'defaults'."] };
  return { entry: { ...base, opts: `${opts},noauto` }, warnings: [] };
}

function fromTable(wish: MountWish): string[] {
  return tableOf(wish) === '/etc/fstab' ? [] : ['-T', tableOf(wish)];
}

function mountAction(wish: MountWish, entry: Entry): Action {
  const words =
    wish.state === 'ephemeral'
      ? [...(wish.fstype ? ['-t', wish.fstype] : []), '-o', entry.opts, entry.src]
      : fromTable(wish);
  return { kind: 'run', argv: ['mount', ...words, wish.path] };
}

/** A remount where the file system can; else off and on again. Options that are asked for must be taken. */
function remountAction(wish: MountWish, entry: Entry): Action {
  const asked = wish.state === 'remounted' && entry.opts !== 'defaults';
  const table = wish.state === 'ephemeral' ? [] : fromTable(wish);
  const argv = ['mount', '-o', asked ? `remount,${entry.opts}` : 'remount', ...table, wish.path];
  if (asked) return { kind: 'run', argv };
  const again = mountAction(wish, entry);
  const rest = again.kind === 'run' ? (again.argv ?? []) : [];
  return {
    kind: 'run',
    script: `${quoteAll(argv)} 2>/dev/null || { umount ${quote(wish.path)} && ${quoteAll(rest)}; }`,
  };
}

type Steps = { readonly actions: Action[]; readonly words: string[] };

function step(steps: Steps, action: Action, words: string): void {
  steps.actions.push(action);
  steps.words.push(words);
}

function writeTable(steps: Steps, wish: MountWish, facts: MountFacts, after: string): void {
  const path = tableOf(wish);
  const { fstab } = facts;
  if (!fstab.exists)
    step(steps, { kind: 'mkdir', path: dirname(path), parents: true }, `Failed to open ${path}`);
  const attributes = fstab.exists ? undefined : { mode: 0o644 };
  const backup = wish.backup && fstab.exists;
  const write: Action = {
    kind: 'write',
    path,
    content: text(after),
    expect: probed(fstab),
    attributes,
    backup,
  };
  step(steps, write, `Failed to open ${path}`);
}

function mountSteps(
  steps: Steps,
  wish: MountWish,
  facts: MountFacts,
  entry: Entry,
  tableChanges: boolean,
): string | undefined {
  const now = facts.mounts.get(wish.path);
  const name = wish.path;
  if (wish.state === 'remounted') {
    step(steps, remountAction(wish, entry), `Error remounting ${name}`);
    return undefined;
  }
  if (now && wish.state === 'ephemeral') {
    const sources = [now.src, now.device, facts.files?.get(now.device ?? '')];
    if (!sources.includes(entry.src))
      return `Ephemeral mount point is already mounted with a different source than the specified one. Failing in order to prevent an unwanted unmount or override operation. Try replacing this command with a "state: unmounted" followed by a "state: ephemeral", or use a different destination path.`;
    // What is mounted is mounted again, so that other options take effect.
    step(steps, remountAction(wish, entry), `Error remounting ${name}`);
    return undefined;
  }
  if (!facts.folder.exists)
    step(steps, { kind: 'mkdir', path: name, parents: true }, `Error making dir ${name}`);
  if (!now) step(steps, mountAction(wish, entry), `Error mounting ${name}`);
  else if (tableChanges) step(steps, remountAction(wish, entry), `Error mounting ${name}`);
  return undefined;
}

function absentSteps(steps: Steps, wish: MountWish, facts: MountFacts): void {
  if (facts.mounts.has(wish.path))
    step(steps, { kind: 'run', argv: ['umount', wish.path] }, `Error unmounting ${wish.path}`);
  if (facts.folder.exists)
    step(steps, { kind: 'run', argv: ['rmdir', wish.path] }, `Error rmdir ${wish.path}`);
}

/** What must be done; a text says why it cannot be. */
function stepsFor(
  wish: MountWish,
  facts: MountFacts,
  before: string,
  after: string,
  entry: Entry,
): Steps | string {
  const steps: Steps = { actions: [], words: [] };
  const { state } = wish;
  const changes = after !== before;
  if (changes) writeTable(steps, wish, facts, after);
  if (state === 'absent' && changes) absentSteps(steps, wish, facts);
  if (state === 'unmounted' && facts.mounts.has(wish.path))
    step(steps, { kind: 'run', argv: ['umount', wish.path] }, `Error unmounting ${wish.path}`);
  if (state === 'mounted' || state === 'remounted' || state === 'ephemeral') {
    const refused = mountSteps(steps, wish, facts, entry, changes);
    if (refused !== undefined) return refused;
  }
  return steps;
}

/** Decides what becomes of the table and of the mount. */
export function planMount(wish: MountWish, facts: MountFacts): Plan {
  const before = facts.fstab.exists ? textOf(facts.fstab) : '';
  if (before === undefined) return failed(`${tableOf(wish)} cannot be read as text`);
  const { entry, warnings } = entryOf(wish);
  const { state, path: name } = wish;
  const listed = state === 'present' || state === 'mounted';
  const unlisted = state === 'absent' || state === 'absent_from_fstab';
  const after = listed ? withEntry(before, entry) : unlisted ? withoutEntry(before, name, wish.src) : before;
  const { src = null, fstype = null } = wish;
  const { opts, dump, passno } = entry;
  const result: JsonObject = {
    name,
    opts,
    dump,
    passno,
    fstab: tableOf(wish),
    boot: wish.boot || wish.opts?.split(',').includes('noauto') ? 'yes' : 'no',
    warnings,
    backup_file: '',
  };
  if (src !== null) result.src = src;
  if (fstype !== null) result.fstype = fstype;
  const steps = stepsFor(wish, facts, before, after, entry);
  if (typeof steps === 'string') return failed(steps);
  if (steps.actions.length === 0) return ok('table and mount are as wished', result);
  const header = tableOf(wish);
  return change('table or mount differ', steps.actions, {
    result,
    diff: after === before ? [] : [{ before, after, beforeHeader: header, afterHeader: header }],
    after: (outcomes) => {
      const kept = outcomes.find((o) => o.backup !== undefined)?.backup;
      return kept === undefined ? {} : { backup_file: kept };
    },
    explain: (i: number, o: Outcome) => `${steps.words[i]}: ${o.stdout.toString()}${o.stderr.toString()}`,
  });
}
