import type { Action } from '../node/actions/action.js';
import { text } from '../node/content.js';
import { path, read } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { available, LISTS, names, switched } from './locale-gen/lists.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, type Diff, failed, ok } from './plan.js';
import { probed, textOf } from './probed-file.js';
import { complaint, printed } from './program.js';

/** Generates and removes locales. */
export const localeGen = defineModule({
  name: 'locale_gen',
  collection: 'community.general',
  summary: 'Generates locales, or has them generated no longer.',
  args: {
    name: { type: 'str', required: true, doc: 'The locale with its encoding, as de_CH.UTF-8.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  },
  returns: { name: 'The locale.' },
  examples: `
- name: Swiss German
  locale_gen:
    name: de_CH.UTF-8
`,
  queries: () => ({
    known: read(['locale', '-a']),
    list: path(LISTS.debian, { content: true, follow: true }),
    ubuntu: path('/var/lib/locales/supported.d', { follow: true }),
    local: path(LISTS.ubuntu, { content: true, follow: true }),
    supported: path(LISTS.supported, { content: true, follow: true }),
  }),
  plan: (a, { known, list, ubuntu, local, supported }, info) => {
    const { name, state } = a;
    const missing = !list.exists && !ubuntu.exists;
    if (missing && mayComeLater(info)) return change('an earlier task may install locales', []);
    if (missing)
      return failed(`${LISTS.debian} and ${LISTS.ubuntu} are missing. Is the package "locales" installed?`);
    const entries = textOf(ubuntu.exists ? supported : list) ?? '';
    if (!available(entries, name))
      return failed(`The locale you've entered is not available on your system: ${name}`);
    const present = printed(known)
      .split('\n')
      .some((line) => names(line) === names(name));
    const result = { name, msg: 'OK' };
    if (present === (state === 'present')) return ok(`the locale is ${state}`, result);
    const file = ubuntu.exists ? local : list;
    const before = textOf(file) ?? '';
    const on = state === 'present';
    const after = ubuntu.exists && on ? before : switched(before, name, on, ubuntu.exists);
    const diff: Diff[] =
      after === before ? [] : [{ before, after, beforeHeader: file.path, afterHeader: file.path }];
    const write: Action[] =
      after === before
        ? []
        : [{ kind: 'write', path: file.path, content: text(after), expect: probed(file) }];
    const words = !ubuntu.exists ? '' : on ? ` ${quote(name)}` : ' --purge';
    return change('locales are generated anew', [...write, { kind: 'run', script: `locale-gen${words}` }], {
      result,
      diff,
      explain: (_, o) => `locale-gen failed to execute: ${complaint(o)}`,
    });
  },
});
