import type { ArgSpec } from '../../modules/args.js';
import type { AnswersTo, Ask, Asks, PlanInfo, PlanModule } from '../../modules/module.js';
import type { Plan } from '../../modules/plan.js';
import type { SourceAnswer } from '../../modules/source.js';
import type { Become } from '../../node/become.js';
import type { Node } from '../../node/node.js';
import type { Answer, Query } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { LayeredScope } from '../../vars/scope.js';
import type { Outcome } from './attempt.js';
import { failureOf, planResult } from './plan-result.js';
import { answerSource } from './sources.js';

/** The node of an attempt, opened when it is first needed, and the user on it. */
export type Reach = {
  readonly node: () => Promise<Node>;
  readonly become: () => Become | undefined;
  /** Hands coming tasks' queries to the node, before a round trip that has to be made anyway. */
  readonly ahead?: (node: Node) => void;
  /** The whole run is in check mode: later tasks see what earlier ones would have done. */
  readonly foresees?: boolean;
};

type AnyAnswer = Answer | SourceAnswer;
type Answers = AnswersTo<Asks>;

const isSource = (ask: Ask): boolean => ask.kind.endsWith('-source');

function flat(asks: Asks): Ask[] {
  return Object.values(asks).flatMap((a) =>
    a === undefined ? [] : Array.isArray(a) ? (a as Ask[]) : [a as Ask],
  );
}

/** The queries of a set of asks, without the controller's sources. */
export function nodeQueries(asks: Asks): Query[] {
  return flat(asks).filter((a) => !isSource(a)) as Query[];
}

/** Puts answers back under the names they were asked for. */
function named(
  asks: Asks,
  queries: readonly Query[],
  answers: readonly Answer[],
  sources: ReadonlyMap<Ask, SourceAnswer>,
): Answers {
  const byQuery = new Map<Ask, AnyAnswer>(sources);
  queries.forEach((q, i) => {
    byQuery.set(q, answers[i]!);
  });
  const one = (ask: Ask): AnyAnswer => byQuery.get(ask)!;
  const out: Record<string, unknown> = {};
  for (const [name, ask] of Object.entries(asks))
    out[name] = ask === undefined ? undefined : Array.isArray(ask) ? ask.map(one) : one(ask as Ask);
  return out as Answers;
}

/**
 * Whether a task is to see the node as it is and not as earlier tasks would have left it: a module that only tells, unless
 * the whole run is a rehearsal.
 */
function seesReality({ module, info }: PlanCall): boolean {
  const rehearsal = info.check && info.variable('ansible_check_mode') === true;
  return module.tells === true && !rehearsal;
}

async function answer(asks: Asks, call: PlanCall): Promise<Answers> {
  const { reach, scope } = call;
  const sources = new Map<Ask, SourceAnswer>();
  for (const ask of flat(asks))
    if (isSource(ask)) sources.set(ask, answerSource(ask as Parameters<typeof answerSource>[0], scope));
  const queries = nodeQueries(asks);
  if (queries.length === 0) return named(asks, queries, [], sources);
  const [node, become] = [await reach.node(), reach.become()];
  if (!node.knows(queries, become)) reach.ahead?.(node);
  return named(asks, queries, await node.ask(queries, become, seesReality(call)), sources);
}

/** How often a task is planned anew when a file changed between probe and write. */
const ATTEMPTS = 3;

/** A module of the first form about to be run. */
export type PlanCall = {
  readonly module: PlanModule<ArgSpec, Asks, Asks>;
  readonly args: JsonObject;
  readonly info: PlanInfo;
  readonly reach: Reach;
  readonly scope: LayeredScope;
};

async function ask(call: PlanCall): Promise<{ asks: Asks; answers: Answers }> {
  const { module, info } = call;
  const args = call.args as never;
  const first = module.queries(args, info);
  const answers = await answer(first, call);
  const more = module.more?.(args, answers, info);
  if (!more) return { asks: first, answers };
  return { asks: { ...first, ...more }, answers: { ...answers, ...(await answer(more, call)) } };
}

/** Asks and plans, and leaves the acting to the caller; `finish` gives the result, with the state as it is then. */
export async function planCall(call: PlanCall): Promise<{ plan: Plan; finish: () => Promise<Outcome> }> {
  const { answers } = await ask(call);
  const plan = call.module.plan(call.args as never, answers, call.info);
  const finish = async () =>
    planResult(
      call,
      plan,
      plan.kind === 'change' && call.module.report ? (await ask(call)).answers : answers,
    );
  return { plan, finish };
}

/** Runs a module of the first form: asks, plans, acts, and asks again in the same round trip as it acts. */
export async function runPlanModule(call: PlanCall): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    const state = await ask(call);
    const plan = call.module.plan(call.args as never, state.answers, call.info);
    if (plan.kind === 'change' && call.info.check && call.reach.foresees && plan.actions.length > 0)
      (await call.reach.node()).expect?.(plan.actions);
    if (plan.kind !== 'change' || call.info.check) return planResult(call, plan, state.answers);
    const done = await act(call, plan, state);
    if (done !== 'changed') return done;
    if (attempt === ATTEMPTS)
      return {
        status: 'failed',
        effects: [],
        result: {
          msg: `the file kept changing on the node while it was being written (${ATTEMPTS} attempts); nothing was overwritten`,
        },
      };
    (await call.reach.node()).forget();
  }
}

async function act(
  call: PlanCall,
  plan: Extract<Plan, { kind: 'change' }>,
  state: { asks: Asks; answers: Answers },
): Promise<Outcome | 'changed'> {
  if (plan.actions.length === 0) return planResult(call, plan, state.answers);
  const node = await call.reach.node();
  const queries = call.module.report ? nodeQueries(state.asks) : [];
  const applied = await node.apply(plan.actions, queries, call.reach.become());
  if (applied.failed !== undefined)
    return applied.outcomes[applied.failed]?.changed ? 'changed' : failureOf(plan, applied);
  const after = call.module.report
    ? { ...state.answers, ...named(onlyNode(state.asks), queries, applied.answers, new Map()) }
    : state.answers;
  return planResult(call, plan, after, applied.outcomes);
}

function onlyNode(asks: Asks): Asks {
  return Object.fromEntries(
    Object.entries(asks).filter(
      ([, a]) => a !== undefined && !(Array.isArray(a) ? a : [a as Ask]).some(isSource),
    ),
  );
}
