import type { Outcome } from '../node/actions/action.js';
import { type ReadAnswer, readScript } from '../node/queries/query.js';
import { quote, quoteAll } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { change, failed, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

const args = {
  name: { type: 'str', required: true, doc: 'The module, as a2enmod calls it.' },
  identifier: { type: 'str', doc: 'What apache2ctl -M calls it, where that cannot be guessed.' },
  force: { type: 'bool', default: false, doc: 'Disable it even when Debian says that it is essential.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is enabled.' },
  ignore_configcheck: {
    type: 'bool',
    default: false,
    doc: 'Go on when the configuration is wrong, as it is between two MPM modules.',
  },
  warn_mpm_absent: { type: 'bool', default: true, doc: 'Warn when there is no MPM module.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** What apache2ctl calls a module, mostly. */
function identifierOf({ name, identifier }: Args): string {
  if (identifier) return identifier;
  if (name.includes('shib')) return 'mod_shib';
  if (name.includes('evasive')) return 'evasive20_module';
  return `${/^(php\d)\./.exec(name)?.[1] ?? name}_module`;
}

const LIST = 'c=$(command -v apache2ctl || command -v apachectl) || exit 127; "$c" -M';

function listed(a: Args): string {
  return `grep -qF -- ${quote(` ${identifierOf(a)}`)}`;
}

/** Warnings about a configuration that apache2ctl refuses. */
function warnings(a: Args, list: ReadAnswer): string[] {
  if (list.rc === 0) return [];
  if (!complaint(list).includes('AH00534') || !a.name.includes('mpm_'))
    return [`Error executing apache2ctl: ${complaint(list)}`];
  const words =
    'No MPM module loaded! apache2 reload AND other module actions will fail if no MPM module is loaded immediately.';
  return a.warn_mpm_absent ? [words] : [];
}

/** Enables it or disables it, and fails unless apache2ctl then says so. */
function script(a: Args): string {
  const enable = a.state === 'present';
  const words = enable ? ['a2enmod', a.name] : ['a2dismod', ...(a.force ? ['-f'] : []), a.name];
  return `${quoteAll(words)}; r=$?; [ $r != 127 ] || exit 127
l=$(${LIST} 2>/dev/null); printf '%s\\n' "$l" | ${listed(a)}; [ $? ${enable ? '=' : '!='} 0 ] || exit $((r ? r : 1))`;
}

/** Enables and disables modules of Debian's Apache. */
export const apache2Module = defineModule({
  name: 'apache2_module',
  collection: 'community.general',
  summary: 'Enables and disables modules of the Apache web server.',
  args,
  returns: {
    result: 'what was done, or is so',
    warnings: 'about the configuration',
    ...{ rc: 'of a2enmod', stdout: 'of a2enmod', stderr: 'of a2enmod' },
  },
  examples: `
- name: Addresses may be rewritten
  apache2_module:
    name: rewrite
  notify: Restart Apache
`,
  queries: () => ({
    list: readScript(LIST),
    threads: readScript(`${LIST.replace('-M', '-V')} | grep -q 'threaded: *yes'`),
  }),
  plan: (a, { list, threads }, info) => {
    const lacks = without('apache2ctl', 'apache2', list, info);
    if (lacks) return lacks;
    if (a.name === 'cgi' && threads.rc === 0)
      return failed('Your MPM seems to be threaded. No automatic actions on module cgi possible.');
    if (list.rc !== 0 && !a.ignore_configcheck)
      return failed(`Error executing apache2ctl: ${complaint(list)}`);
    const enabled = list.rc === 0 && printed(list).includes(` ${identifierOf(a)}`);
    const state = a.state === 'present' ? 'enabled' : 'disabled';
    const told = warnings(a, list);
    const result = { result: `Module ${a.name} ${state}`, ...(told.length > 0 && { warnings: told }) };
    if (enabled === (a.state === 'present')) return ok(`the module is ${state}`, result);
    return change(`the module becomes ${state}`, [{ kind: 'run', script: script(a) }], {
      result,
      explain: (_, { stdout }: Outcome) =>
        `Failed to set module ${a.name} to ${state}:\n${stdout.toString('utf8')}\nMaybe the module identifier (${identifierOf(a)}) was guessed incorrectly. Consider setting the "identifier" option.`,
    });
  },
});
