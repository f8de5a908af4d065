import { factsAsked, factsPlan } from './facts/gathering.js';
import { setupArgs } from './facts/setup-args.js';
import { defineModule } from './module.js';

/** Gathers facts about a node. */
export const setup = defineModule({
  name: 'setup',
  summary: 'Learns what there is to know about a node.',
  args: setupArgs,
  returns: { ansible_facts: 'the facts, each with ansible_ before its name' },
  examples: `
- name: Facts about the network
  setup:
    gather_subset: ["!all", network]
`,
  queries: factsAsked,
  plan: (args, { facts }) => factsPlan(args, facts.facts),
});
