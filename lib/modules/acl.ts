import { path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { type AclArgs, aclArgs, entryOf, objection } from './acl/entry.js';
import { defineModule, type PlanInfo } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok, type Plan } from './plan.js';
import { complaint, printed, without } from './program.js';

const MASKS: Readonly<Record<string, readonly string[]>> = { mask: ['--mask'], no_mask: ['--no-mask'] };

function options(a: AclArgs, isDefault: boolean): string[] {
  return [
    ...(isDefault ? ['-d'] : []),
    ...(a.recursive ? ['--recursive'] : []),
    ...(a.follow ? [] : ['--physical']),
  ];
}

/** The call that makes the entry be there, or go away. */
function setting(a: AclArgs): string[] {
  const entry = entryOf(a);
  if (entry === undefined) return [];
  const how = [a.state === 'present' ? '-m' : '-x', entry.text];
  const masks = MASKS[a.recalculate_mask] ?? [];
  // Which list an entry goes into is said before the entry.
  return ['setfacl', ...options(a, entry.isDefault), ...masks, ...how, '--', a.path];
}

const shell = (words: readonly string[]) => `LC_ALL=C ${words.map(quote).join(' ')}`;

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

function planEntry(
  a: AclArgs,
  tested: Parameters<typeof complaint>[0],
  acl: readonly string[],
  info: PlanInfo,
): Plan {
  const lacks = without('setfacl', 'acl', tested, info);
  if (lacks) return lacks;
  const result = { msg: `${entryOf(a)?.text} is ${a.state}` };
  if (tested.rc !== 0) return failed(complaint(tested));
  // What stays is printed as two stars behind the name.
  if (linesOf(printed(tested)).every((line) => line.endsWith('*,*')))
    return ok('the entry is as wished', { ...result, acl: [...acl] });
  return change('the entry differs', [{ kind: 'run', argv: setting(a), env: { LC_ALL: 'C' } }], {
    result,
    explain: (_, outcome) => complaint(outcome),
  });
}

/** Gives users and groups rights beside those of the mode. */
export const acl = defineModule({
  name: 'acl',
  collection: 'ansible.posix',
  summary: 'Adds and removes entries of access control lists of files.',
  args: aclArgs,
  returns: { acl: 'the entries of the list, as getfacl prints them', msg: 'the entry and its state' },
  examples: `
- name: The backup may read the reports
  acl:
    path: /var/lib/ffe/reports
    etype: user
    entity: backup
    permissions: rX
    recursive: true
    state: present
`,
  queries: (a) => ({
    file: path(a.path, { follow: true }),
    acl: readScript(
      `command -v getfacl >/dev/null || exit 127; ${shell(['getfacl', '--omit-header', '--absolute-names', ...options(a, entryOf(a)?.isDefault ?? a.default), '--', a.path])}`,
    ),
    tested:
      a.state === 'query' || objection(a)
        ? undefined
        : readScript(
            `command -v setfacl >/dev/null || exit 127; ${shell([setting(a)[0] ?? 'false', '--test', ...setting(a).slice(1)])}`,
          ),
  }),
  plan: (a, { file, acl: now, tested }, info) => {
    const wrong = objection(a);
    if (wrong !== undefined) return failed(wrong);
    if (a.state !== 'query' && entryOf(a) === undefined)
      return failed(`entry must begin with user, group, mask or other (after default:), not '${a.entry}'`);
    if (!file.exists) {
      if (mayComeLater(info)) return change('an earlier task may make the path', []);
      return failed('Path not found or not accessible.');
    }
    const lacks = without('getfacl', 'acl', now, info);
    if (lacks) return lacks;
    if (now.rc !== 0) return failed(complaint(now));
    const lines = linesOf(printed(now));
    if (a.state === 'query') return ok('the list is told', { msg: 'current acl', acl: lines });
    return planEntry(a, tested!, lines, info);
  },
  report: (_, { acl: now }) => ({ acl: linesOf(printed(now)) }),
});
