import { path, read } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { printed } from './program.js';
import { planUfw } from './ufw/plan-ufw.js';
import { insertAt, ruleWords } from './ufw/rule.js';
import { ufwArgs } from './ufw/ufw-args.js';

/** Manages the firewall of ufw. What a rule would change, ufw says itself in a rehearsal. */
export const ufw = defineModule({
  name: 'ufw',
  collection: 'community.general',
  summary: 'Keeps rules, policies and state of the firewall UFW.',
  args: ufwArgs,
  rules: {
    mutuallyExclusive: [
      ['name', 'proto', 'logging'],
      ['direction', 'interface_in'],
      ['direction', 'interface_out'],
    ],
    requiredOneOf: [['state', 'default', 'rule', 'logging']],
    requiredBy: { interface: ['direction'] },
  },
  returns: { commands: 'the calls of ufw that changed something', msg: 'what ufw status verbose prints' },
  examples: `
- name: Web traffic is let in
  ufw:
    rule: allow
    port: "443"
    proto: tcp

- name: Everything else is not
  ufw:
    state: enabled
    policy: deny
`,
  queries: (a) => ({
    status: read(['ufw', 'status', 'verbose']),
    defaults: path('/etc/default/ufw', { content: true, follow: true }),
    settings: path('/etc/ufw/ufw.conf', { content: true, follow: true }),
    four: path('/etc/ufw/user.rules', { content: true, follow: true }),
    six: path('/etc/ufw/user6.rules', { content: true, follow: true }),
    numbered: a.insert === undefined ? undefined : read(['ufw', 'status', 'numbered']),
  }),
  more: (a, { numbered, status }) => {
    if (a.rule === undefined || status.rc !== 0) return undefined;
    const words = ruleWords(a, insertAt(a, numbered ? printed(numbered) : ''));
    return { rehearsed: read(['ufw', '--dry-run', ...words]) };
  },
  plan: (a, seen, info) => {
    const words =
      a.rule === undefined ? [] : ruleWords(a, insertAt(a, seen.numbered ? printed(seen.numbered) : ''));
    return planUfw(a, seen, words, info);
  },
  report: (_, { status }) => ({ msg: printed(status).trimEnd() }),
});
