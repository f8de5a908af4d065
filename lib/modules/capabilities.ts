import { path, read } from '../node/queries/query.js';
import { type Capability, parseCapability, parseGetcap, text } from './capabilities/capability.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

/** Gives capabilities to programs, and takes them away. */
export const capabilities = defineModule({
  name: 'capabilities',
  collection: 'community.general',
  summary: 'Sets and takes away the capabilities of a program file.',
  args: {
    path: { type: 'str', required: true, aliases: ['key'], doc: 'The file.' },
    capability: {
      type: 'str',
      required: true,
      aliases: ['cap'],
      doc: 'The capability; to add it with its flags, as cap_net_bind_service+ep.',
    },
    state: {
      type: 'str',
      default: 'present',
      choices: ['absent', 'present'],
      doc: 'Whether the file has it.',
    },
  },
  returns: { state: 'what is wished', stdout: 'what setcap printed', msg: 'what was changed' },
  examples: `
- name: A server may listen on low ports
  capabilities:
    path: /usr/local/bin/server
    capability: cap_net_bind_service+ep
`,
  queries: (a) => ({
    file: path(a.path.trim(), { follow: true }),
    now: read(['getcap', '-v', a.path.trim()]),
  }),
  plan: (a, { file, now }, info) => {
    const lacks = without('getcap', 'libcap2-bin', now, info);
    if (lacks) return lacks;
    const at = a.path.trim();
    if (!file.exists && mayComeLater(info)) return change('an earlier task may make the file', []);
    if (!file.exists || now.rc !== 0 || now.stderr.length > 0)
      return failed(`Unable to get capabilities of ${at}: ${file.exists ? complaint(now) : 'no such file'}`);
    const wished = parseCapability(a.capability.trim().toLowerCase());
    const present = a.state === 'present';
    if (present && wished.op === undefined)
      return failed(`Couldn't find operator (one of: '=', '-', '+') in capability ${a.capability}`);
    const has = parseGetcap(printed(now), at);
    const others = has.filter((c) => c.name !== wished.name);
    const settled = present ? has.some((c) => sameAs(c, wished)) : others.length === has.length;
    if (settled) return ok('capabilities are as wished', { state: a.state });
    const after = present ? [...others, wished] : others;
    const words = after.length ? after.map(text).join(' ') : '-r';
    return change('capabilities changed', [{ kind: 'run', argv: ['setcap', words, at] }], {
      result: { msg: 'capabilities changed', state: a.state },
      diff: [{ before: { capabilities: has.map(text) }, after: { capabilities: after.map(text) } }],
      after: (outcomes) => ({ stdout: outcomes[0]?.stdout.toString('utf8') ?? '' }),
      explain: (_, o) => `Unable to set capabilities of ${at}: ${complaint(o)}`,
    });
  },
});

/** On an empty set + and = mean the same; flags have no order. */
function sameAs(a: Capability, b: Capability): boolean {
  const sorted = (c: Capability) => [...(c.flags ?? '')].sort().join('');
  const adds = (c: Capability) => c.op !== '-';
  return a.name === b.name && sorted(a) === sorted(b) && adds(a) === adds(b);
}
