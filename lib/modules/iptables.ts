import { read } from '../node/queries/query.js';
import { iptablesArgs } from './iptables/args.js';
import { call, planIptables } from './iptables/plan-iptables.js';
import { ruleWords } from './iptables/rule.js';
import { defineModule } from './module.js';
import { without } from './program.js';

/** Changes the rules of the kernel's packet filter, as they are now. */
export const iptables = defineModule({
  name: 'iptables',
  summary: "Keeps rules and policies of the kernel's packet filter by iptables.",
  args: iptablesArgs,
  rules: {
    mutuallyExclusive: [
      ['set_dscp_mark', 'set_dscp_mark_class'],
      ['flush', 'policy'],
    ],
    requiredIf: [
      ['jump', 'TEE', ['gateway']],
      ['jump', 'tee', ['gateway']],
    ],
  },
  returns: {
    rule: 'the words of the rule',
    chain: 'the chain',
    table: 'the table',
    flush: 'whether it was flushed',
  },
  examples: `
- name: Web traffic is let in
  iptables:
    chain: INPUT
    protocol: tcp
    destination_ports: ["80", "443"]
    ctstate: NEW
    jump: ACCEPT
    comment: web
`,
  queries: (a) => {
    const words = ruleWords(a);
    const chained = !a.flush && a.chain !== undefined;
    return {
      rule: chained && a.policy === undefined && words.length ? read(call(a, '-C', ...words)) : undefined,
      chain: read(chained ? call(a, '-L', '-n') : ['iptables', '--version']),
    };
  },
  plan: (a, seen, info) => without('iptables', 'iptables', seen.chain, info) ?? planIptables(a, seen, info),
});
