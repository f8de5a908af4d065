import type { FactsQuery } from '../../node/queries/query.js';
import type { ArgsOf } from '../args.js';
import { ok, type Plan } from '../plan.js';
import { factsResult } from './facts-result.js';
import type { setupArgs } from './setup-args.js';

type GatherArgs = ArgsOf<typeof setupArgs>;

/** What setup and gather_facts ask a node. */
export function factsAsked(args: GatherArgs): { facts: FactsQuery } {
  return {
    facts: {
      kind: 'facts',
      subset: args.gather_subset,
      factPath: args.fact_path,
      timeout: args.gather_timeout,
    },
  };
}

/** The facts as Ansible names them, filtered as the arguments say. */
export function factsPlan(args: GatherArgs, facts: Parameters<typeof factsResult>[0]): Plan {
  return ok('facts were gathered', { ansible_facts: factsResult(facts, args.filter, args.gather_subset) });
}
