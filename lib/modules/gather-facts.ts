import { factsAsked, factsPlan } from './facts/gathering.js';
import { setupArgs } from './facts/setup-args.js';
import { defineModule } from './module.js';

/** Gathers facts about a node, as plays do at their beginning. */
export const gatherFacts = defineModule({
  name: 'gather_facts',
  summary: 'Learns what there is to know about a node, as a play does at its beginning.',
  args: {
    ...setupArgs,
    parallel: { type: 'bool', doc: 'Whether several fact modules run at once; here there is one.' },
  },
  backends: () => ['setup'],
  returns: { ansible_facts: 'the facts, each with ansible_ before its name' },
  examples: '- name: Facts\n  gather_facts:\n',
  queries: factsAsked,
  plan: (args, { facts }) => factsPlan(args, facts.facts),
});
