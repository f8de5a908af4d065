import { type ReadAnswer, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { change, failed, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

const args = {
  name: { type: 'str', doc: 'The setting, such as user.email.' },
  value: { type: 'str', doc: 'Its value; without one the value is only told.' },
  list_all: { type: 'bool', default: false, doc: 'Tell every setting.' },
  scope: {
    type: 'str',
    choices: ['file', 'local', 'global', 'system'],
    doc: 'Whose settings: of a file, of repo, of the user, of the machine; system when absent.',
  },
  repo: { type: 'path', doc: 'The repository of scope local.' },
  file: { type: 'path', doc: 'The file of scope file.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['present', 'absent'],
    doc: 'Whether the setting is made.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** Words of git before the setting's name. Elsewhere than in `/` a repository's settings would be mixed in. */
function gitWords(a: Args): { readonly words: string[]; readonly dir: string } {
  const scope = a.scope ?? (a.list_all ? undefined : 'system');
  const place = scope === 'file' ? ['-f', a.file!] : scope ? [`--${scope}`] : [];
  const local = scope === 'local' || (a.list_all && a.repo);
  return {
    words: ['git', 'config', '--includes', ...(a.list_all ? ['-l'] : []), ...place],
    dir: local ? a.repo! : '/',
  };
}

function script(a: Args, words: readonly string[], extra = ''): string {
  return `cd ${quote(gitWords(a).dir)} && command -v git >/dev/null || exit 127; LC_ALL=C LANG=C ${words.map(quote).join(' ')}${extra}`;
}

/** Settings by name out of a list with NUL between them, and a newline between name and value. */
function listed(text: string): Record<string, string> {
  const pairs = text
    .split('\0')
    .filter(Boolean)
    .map((one) => {
      const [name = '', ...value] = one.split('\n');
      return [name, value.join('\n')];
    });
  return Object.fromEntries(pairs) as Record<string, string>;
}

function planList(a: Args, now: ReadAnswer) {
  if (now.rc === 0) return ok('the settings are told', { msg: '', config_values: listed(printed(now)) });
  const none = a.scope && now.rc === 128 && complaint(now).includes('unable to read config file');
  if (none) return ok('nothing is set there', { msg: '', config_values: {} });
  return failed(complaint(now), { rc: now.rc, cmd: gitWords(a).words.join(' ') });
}

/** Sets and tells git's settings. */
export const gitConfig = defineModule({
  name: 'git_config',
  collection: 'community.general',
  summary: "Sets, removes and tells git's settings.",
  args,
  diffs: { always: true, single: true },
  rules: {
    mutuallyExclusive: [
      ['list_all', 'name'],
      ['list_all', 'value'],
      ['list_all', 'state'],
    ],
    requiredIf: [
      ['scope', 'local', ['repo']],
      ['scope', 'file', ['file']],
    ],
    requiredOneOf: [['list_all', 'name']],
  },
  returns: {
    config_value: 'the value, when none was given',
    config_values: 'every setting with its value, with list_all',
  },
  examples: `
- name: Commits are made by the deployment
  git_config:
    scope: global
    name: user.email
    value: deploy@ffe.example.org
`,
  queries: (a) => ({
    now: readScript(script(a, [...gitWords(a).words, ...(a.list_all ? ['-z'] : [a.name ?? ''])])),
  }),
  plan: (a, { now }, info) => {
    const lacks = without('git', 'git', now, info);
    if (lacks) return lacks;
    if (a.list_all) return planList(a, now);
    if (a.name === undefined) return failed('one of the following is required: list_all, name');
    const { words } = gitWords(a);
    // git ends with 1 for a setting that is not made.
    if (now.rc >= 2) return failed(complaint(now), { rc: now.rc, cmd: [...words, a.name].join(' ') });
    const before = printed(now).trimEnd();
    const away = a.state === 'absent';
    const wished = away ? undefined : a.value || undefined;
    if (!away && wished === undefined) return ok('the setting is told', { msg: '', config_value: before });
    if (away && printed(now) === '') return ok('there is no such setting', { msg: 'no setting to unset' });
    if (before === wished) return ok('the setting is as wished', { msg: '' });
    const call = away ? [...words, '--unset', a.name!] : [...words, a.name!, wished!];
    const header = [...words, ...(away ? ['--unset'] : []), a.name].join(' ');
    return change('the setting differs', [{ kind: 'run', script: script(a, call) }], {
      result: { msg: 'setting changed' },
      diff: [
        { before: `${before}\n`, after: `${wished ?? ''}\n`, beforeHeader: header, afterHeader: header },
      ],
      explain: (_, outcome) => complaint(outcome),
    });
  },
});
