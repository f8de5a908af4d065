import type { Action } from '../../node/actions/action.js';
import { text } from '../../node/content.js';
import { type PathAnswer, type ReadAnswer, type ReadQuery, readScript } from '../../node/queries/query.js';
import { quote, quoteAll } from '../../node/quote.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { probed, textOf } from '../probed-file.js';

/** What is wanted of a kernel parameter. */
export type SysctlWish = {
  readonly name: string;
  readonly value: string | undefined;
  readonly state: 'present' | 'absent';
  readonly reload: boolean;
  readonly sysctl_set: boolean;
  readonly sysctl_file: string;
  readonly ignoreerrors: boolean;
};

/** Asks for a parameter's value in the running kernel. Its separators are those of sysctl(8): the first one decides. */
export function kernelValue(name: string): ReadQuery {
  const slashes = /^[^./]*\//.test(name);
  const file = slashes ? name : name.replace(/[./]/g, (c) => (c === '.' ? '/' : '.'));
  return readScript(`cat ${quote(`/proc/sys/${file}`)} 2>/dev/null`);
}

const TRUE = ['y', 'yes', 'on', '1', 'true', 't', '1.0'];
const FALSE = ['n', 'no', 'off', '0', 'false', 'f', '0.0'];

function wantedValue(value: string | undefined): string {
  const word = (value ?? '').toLowerCase();
  if (TRUE.includes(word)) return '1';
  return FALSE.includes(word) ? '0' : (value ?? '').trim();
}

function same(a: string, b: string): boolean {
  return a.trim().split(/\s+/).join(' ') === b.trim().split(/\s+/).join(' ');
}

type Setting = { readonly key: string; readonly value: string };

function setting(line: string): Setting | undefined {
  const at = line.indexOf('=');
  if (at < 0 || /^[#;]/.test(line)) return undefined;
  return { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
}

/** The file's lines with the parameter set or left out; a parameter that stands there twice is kept once. */
function rewritten(lines: readonly string[], name: string, value: string | undefined): string {
  const seen = new Set<string>();
  const out: string[] = [];
  for (const line of lines) {
    const found = setting(line);
    if (!found) out.push(line);
    else if (!seen.has(found.key)) {
      seen.add(found.key);
      if (found.key !== name) out.push(`${found.key}=${found.value}`);
      else if (value !== undefined) out.push(`${name}=${value}`);
    }
  }
  if (!seen.has(name) && value !== undefined) out.push(`${name}=${value}`);
  return out.map((l) => `${l}\n`).join('');
}

/** Runs sysctl; it ends with 0 even when the kernel refuses a value, which only its words tell. */
function sysctl(...words: readonly string[]): Action {
  const script = `o=$(LC_ALL=C ${quoteAll(['sysctl', ...words])} 2>&1); r=$?
case $o in *'": Invalid argument'*|*'": Read-only file system'*) [ $r -ne 0 ] || r=1;; esac
printf '%s\\n' "$o" >&2; exit $r`;
  return { kind: 'run', script };
}

/** Decides what to write, to set and to load. */
export function planSysctl(
  wish: SysctlWish,
  { file, kernel }: { readonly file: PathAnswer; readonly kernel: ReadAnswer },
): Plan {
  const name = wish.name.trim();
  if (name === '') return failed('name cannot be blank');
  if (wish.state === 'present' && wish.value === undefined) return failed('value cannot be None');
  if (wish.state === 'present' && (wish.value ?? '').trim() === '') return failed('value cannot be blank');
  const value = wantedValue(wish.value);
  const before = file.exists ? textOf(file) : '';
  if (before === undefined) return failed(`${wish.sysctl_file} cannot be read as text`);
  const lines =
    before === ''
      ? []
      : before
          .replace(/\n$/, '')
          .split('\n')
          .map((l) => l.trim());
  const now = lines.map(setting).findLast((s) => s?.key === name)?.value;
  const present = wish.state === 'present';
  const write = present ? now !== value : now !== undefined;
  const differs = !same(kernel.stdout.toString('utf8'), value);
  const set = wish.sysctl_set && present && differs;
  const changed = write || set || (wish.reload && present && differs);
  if (!changed) return ok(present ? 'parameter is set' : 'parameter is absent');
  const flag = wish.ignoreerrors ? ['-e'] : [];
  const after = rewritten(lines, name, present ? value : undefined);
  const steps: { action: Action; blame: string }[] = [];
  if (set) steps.push({ action: sysctl(...flag, '-w', `${name}=${value}`), blame: `setting ${name} failed` });
  if (write) {
    const attributes = file.exists ? undefined : { mode: 0o644 };
    const action: Action = {
      ...{ kind: 'write', path: wish.sysctl_file, content: text(after), expect: probed(file), attributes },
    };
    steps.push({ action, blame: `Failed to write ${wish.sysctl_file}` });
  }
  if (wish.reload)
    steps.push({ action: sysctl(...flag, '-p', wish.sysctl_file), blame: 'Failed to reload sysctl' });
  const header = wish.sysctl_file;
  return change(
    'parameter is set',
    steps.map((s) => s.action),
    {
      diff: write ? [{ before, after, beforeHeader: header, afterHeader: header }] : [],
      explain: (i, o) => `${steps[i]?.blame}: ${o.stdout.toString('utf8')}${o.stderr.toString('utf8')}`,
    },
  );
}
