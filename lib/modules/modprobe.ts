import type { Action } from '../node/actions/action.js';
import { read } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { loadPlan, PARTS, partQueries } from './modprobe/persist.js';
import { defineModule } from './module.js';
import { change, ok } from './plan.js';
import { complaint } from './program.js';

/** Loads and unloads modules of the kernel, now and at each boot. */
export const modprobe = defineModule({
  name: 'modprobe',
  collection: 'community.general',
  summary: 'Loads and unloads kernel modules, now and at every boot.',
  args: {
    name: { type: 'str', required: true, doc: 'The module.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is loaded.' },
    params: { type: 'str', default: '', doc: 'Its parameters, as NAME=VALUE ...' },
    persistent: {
      type: 'str',
      default: 'disabled',
      choices: ['disabled', 'present', 'absent'],
      doc: 'Whether it is loaded at boot; disabled leaves that as it is.',
    },
  },
  returns: { name: 'The module.', params: 'Its parameters.', state: 'What is wished.' },
  examples: `
- name: Bridged packets are filtered, after the next boot too
  modprobe:
    name: br_netfilter
    persistent: present
`,
  queries: (a) => ({
    loaded: {
      kind: 'read',
      script: `grep -q ${quote(`^${a.name.replaceAll('-', '_')} `)} /proc/modules 2>/dev/null ||
grep -q ${quote(`/${a.name}\\.ko$`)} "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null`,
    } as const,
    files:
      a.persistent === 'disabled'
        ? undefined
        : read(['find', '-L', ...PARTS, '-maxdepth', '1', '-type', 'f']),
  }),
  more: (_, { files }) => ({ parts: partQueries(files) }),
  plan: (a, { loaded, parts }) => {
    const { name, params, state } = a;
    const result = { name, params, state };
    const wanted = state === 'present';
    const before = { loaded: loaded.rc === 0 };
    const words = wanted
      ? ['modprobe', name, ...params.split(/\s+/).filter(Boolean)]
      : ['modprobe', '-r', name];
    const live: Action[] = before.loaded === wanted ? [] : [{ kind: 'run', argv: words }];
    const kept = a.persistent === 'disabled' ? [] : loadPlan(a, parts ?? []);
    if (live.length + kept.length === 0) return ok('the module is as wished', result);
    return change('the module is loaded or unloaded', [...live, ...kept.map((k) => k.action)], {
      result,
      diff: [...(live.length ? [{ before, after: { loaded: wanted } }] : []), ...kept.map((k) => k.diff)],
      explain: (_, outcome) => complaint(outcome),
    });
  },
});
