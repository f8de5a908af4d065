import type { Action } from '../../node/actions/action.js';
import type { ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { complaint, printed } from '../program.js';
import type { IptablesWish } from './args.js';
import { jumpOf, ruleWords } from './rule.js';

/** Words of a call: program, table, operation, then what it works on. */
export function call(wish: IptablesWish, operation: string, ...rest: readonly string[]): string[] {
  const program = wish.ip_version === 'ipv6' ? 'ip6tables' : 'iptables';
  const chain = wish.chain === undefined ? [] : [wish.chain];
  return [program, '-t', wish.table, operation, ...chain, ...rest];
}

/** `rule` answers whether the rule is there, `chain` lists the chain; either is absent where it is not needed. */
export type Seen = { readonly rule?: ReadAnswer; readonly chain?: ReadAnswer };

function refusal(wish: IptablesWish): string | undefined {
  if (!wish.flush && wish.chain === undefined) return 'Either chain or flush parameter must be specified.';
  if ((wish.log_prefix ?? wish.log_level) !== undefined && jumpOf(wish) !== 'LOG')
    return 'Logging options can only be used with the LOG jump target.';
  return undefined;
}

function run(argv: readonly string[]): Action {
  return { kind: 'run', argv, touches: [] };
}

function fields(wish: IptablesWish): JsonObject {
  const { ip_version, table, chain = null, flush, state, chain_management } = wish;
  return { ip_version, table, chain, flush, rule: ruleWords(wish).join(' '), state, chain_management };
}

function policyPlan(wish: IptablesWish, policy: string, { chain }: Seen, info: PlanInfo): Plan {
  const result = fields(wish);
  const now = /\(policy ([A-Z]+)/.exec(chain ? printed(chain) : '')?.[1];
  if (now === undefined && !mayComeLater(info))
    return failed(
      `Can't detect current policy of chain ${wish.chain}: ${chain ? complaint(chain) : ''}`,
      result,
    );
  if (now === policy) return ok('the policy is as wished', result);
  const diff = [{ before: { policy: now ?? '' }, after: { policy } }];
  return change('another policy', [run(call(wish, '-P', policy))], { result, diff });
}

function chainPlan(wish: IptablesWish, exists: boolean): Plan {
  const result = fields(wish);
  const wanted = wish.state === 'present';
  if (exists === wanted || !wish.chain_management) return ok('the chain is as wished', result);
  const diff = [{ before: { chain: exists }, after: { chain: wanted } }];
  const actions = [run(call(wish, wanted ? '-N' : '-X'))];
  return change('the chain is made or removed', actions, { result, diff });
}

function rulePlan(
  wish: IptablesWish,
  words: readonly string[],
  exists: boolean,
  seen: Seen,
  info: PlanInfo,
): Plan {
  const result = fields(wish);
  const present = seen.rule?.rc === 0;
  const wanted = wish.state === 'present';
  if (present === wanted) return ok(wanted ? 'the rule is there' : 'there is no such rule', result);
  if (!exists && !wish.chain_management && !mayComeLater(info))
    return failed(
      `There is no chain ${wish.chain} in table ${wish.table}; chain_management makes it: ${seen.chain ? complaint(seen.chain) : ''}`,
      result,
    );
  const line = `${call(wish, '-A', ...words).join(' ')}\n`;
  const diff = [{ before: present ? line : '', after: present ? '' : line }];
  const make = exists || !wanted ? [] : [run(call(wish, '-N'))];
  const insert = wish.action === 'insert';
  const at = insert && wish.rule_num !== undefined ? [wish.rule_num] : [];
  const operation = wanted ? (insert ? '-I' : '-A') : '-D';
  const actions = [...make, run(call(wish, operation, ...(wanted ? at : []), ...words))];
  return change('the rules change', actions, { result, diff, explain: (_, o) => complaint(o) });
}

/** Decides what becomes of a rule, a chain or its policy. */
export function planIptables(wish: IptablesWish, seen: Seen, info: PlanInfo): Plan {
  const refused = refusal(wish);
  if (refused !== undefined) return failed(refused, fields(wish));
  if (wish.flush)
    return change('rules are flushed', [run(call(wish, '-F'))], {
      result: fields(wish),
      explain: (_, o) => complaint(o),
    });
  if (wish.policy !== undefined) return policyPlan(wish, wish.policy, seen, info);
  const words = ruleWords(wish);
  const exists = seen.rule?.rc === 0 || seen.chain?.rc === 0;
  return words.length === 0 ? chainPlan(wish, exists) : rulePlan(wish, words, exists, seen, info);
}
