import type { FactsQuery } from '../node/queries/query.js';
import { factsResult } from './facts/facts-result.js';
import { setupArgs } from './facts/setup-args.js';
import { defineModule } from './module.js';
import { ok } from './plan.js';

/** Gathers facts about a node. */
export const setup = defineModule({
  name: 'setup',
  summary: 'Gathers facts about remote hosts',
  args: setupArgs,
  returns: { ansible_facts: 'the facts, each with ansible_ before its name' },
  examples: `
- name: Facts about the network
  setup:
    gather_subset: ["!all", network]
`,
  queries: (args) => ({
    facts: {
      kind: 'facts',
      subset: args.gather_subset,
      factPath: args.fact_path,
      timeout: args.gather_timeout,
    } satisfies FactsQuery,
  }),
  plan: (args, { facts }) =>
    ok('facts were gathered', { ansible_facts: factsResult(facts.facts, args.filter, args.gather_subset) }),
});
