import type { ProcessPromise } from 'zx';
import type { Become } from '../node/become.js';
import type { Exec, Node } from '../node/node.js';
import type { Answer, Query } from '../node/queries/query.js';
import type { Json, JsonObject } from '../values/json.js';
import type { ArgRules, ArgSpec, ArgsOf } from './args.js';
import type { Operator } from './operator.js';
import type { Effect, Plan } from './plan.js';
import type { Source, SourceAnswer } from './source.js';

/** What a module may ask for before it plans: queries to the node, sources of the controller, or lists of them. */
export type Ask = Query | Source;
export type Asks = { readonly [name: string]: Ask | readonly Ask[] | undefined };
type One<A> = A extends { readonly kind: infer K }
  ? Extract<Answer | SourceAnswer, { readonly kind: K }>
  : undefined;

/** The answers under the names they were asked for; a list gives a list in the same order. */
export type AnswersTo<Q extends Asks> = {
  readonly [K in keyof Q]: Q[K] extends readonly (infer E)[] ? One<E>[] : One<Q[K]>;
};

/** What a plan may know besides its arguments and answers. Evaluation happens in the task's scope and has no effects. */
export type PlanInfo = {
  readonly check: boolean;
  readonly diff: boolean;
  readonly verbosity: number;
  readonly host: string;
  /**
   * In check mode: earlier tasks would have changed this host, so what is missing may be their doing. A plan then
   * predicts a change where it would otherwise fail.
   */
  readonly pending?: boolean;
  /** Evaluates an expression, or a text that holds templates; throws an FfeError with position. */
  readonly evaluate: (expression: string) => Json;
  /** Tests a `when`-like condition. */
  readonly condition: (condition: Json) => boolean;
  /** Templates give Jinja2's native types: words such as yes stay texts. */
  readonly native?: boolean;
  /** A variable of the task's scope, or undefined. */
  readonly variable: (name: string) => Json | undefined;
};

/** What documentation, editors and the loader need to know of a module. */
export type ModuleHead<S extends ArgSpec> = {
  /** The short name: found as such and with its collection before it. */
  readonly name: string;
  /** `ansible.builtin` when absent. */
  readonly collection?: string;
  /** Further short names (systemd_service for systemd). */
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly args: S;
  readonly rules?: ArgRules;
  /** What a result says in the place of the usual words about arguments, where Ansible's action has words of its own. */
  readonly words?: Readonly<Record<string, string>>;
  /** The argument that takes a free-form text (`command: ls -l`); `only`: key=value parts are not split off (shell, raw, meta). */
  readonly freeForm?: { readonly arg: string; readonly split: boolean };
  /** Takes any further argument name (set_fact, add_host, group_by). */
  readonly openArgs?: boolean;
  /** True when arguments are only handed on: floats and large integers stay what they are. */
  readonly exact?: boolean;
  /** Runs once for all hosts of a batch, for the first of them (add_host, pause). */
  readonly once?: boolean;
  /** Modules that do the work for a value of `use` ('' for none): their `module_defaults` count here too, weaker than its own. */
  readonly backends?: (use: string) => readonly string[];
  /** Only tells what is on the node: for a task with `check_mode: true` that is what is there, as with Ansible (stat, find, slurp). */
  readonly tells?: boolean;
  readonly returns: Readonly<Record<string, string>>;
  /** How `diff` is in results: `always` also without --diff, `single` one dict and not a list. Default: neither. */
  readonly diffs?: { readonly always?: boolean; readonly single?: boolean };
  /** YAML tasks. */
  readonly examples: string;
};

/**
 * The first form: queries and a pure plan. `more` may ask once again from what is known then.
 * `report` gives result fields from the state (after the change when there was one): the same queries are asked again
 * in the actions' own round trip.
 */
export type PlanModule<
  S extends ArgSpec = ArgSpec,
  Q extends Asks = Asks,
  M extends Asks = Asks,
> = ModuleHead<S> & {
  readonly kind: 'plan';
  readonly queries: (args: ArgsOf<S>, info: PlanInfo) => Q;
  readonly more?: (args: ArgsOf<S>, answers: AnswersTo<Q>, info: PlanInfo) => M | undefined;
  readonly plan: (args: ArgsOf<S>, answers: AnswersTo<Q> & Partial<AnswersTo<M>>, info: PlanInfo) => Plan;
  readonly report?: (
    args: ArgsOf<S>,
    answers: AnswersTo<Q> & Partial<AnswersTo<M>>,
    info: PlanInfo,
  ) => JsonObject;
};

/** zx's `$`, running on the node. */
export type Dollar = (pieces: TemplateStringsArray, ...args: unknown[]) => ProcessPromise;

/** A machine that takes part in a task: its name, how it is reached, and whom the task becomes there. */
export type Party = {
  readonly host: string;
  readonly node: Node;
  readonly become: Become | undefined;
  readonly local: boolean;
};

/** What is other than the inventory says about reaching a host; `user: null` for what ssh itself would take. */
export type PartyChange = {
  readonly port?: number;
  readonly privateKeyFile?: string;
  readonly user?: null;
  /** A connection of its own, that whoever asked for it closes. */
  readonly fresh?: boolean;
};

/** What a module of the second form gets. */
export type RunInfo<S extends ArgSpec = ArgSpec> = PlanInfo & {
  readonly args: ArgsOf<S>;
  readonly node: Node;
  readonly become: Become | undefined;
  /** zx's `$` whose commands run on the node, as the become user. */
  readonly $: Dollar;
  /** The task's `environment`, evaluated. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends when the run is cancelled or the task's timeout is over. */
  readonly signal: AbortSignal;
  /** Whom the task is delegated to. */
  readonly delegate?: string;
  /** The host of the task whatever it is delegated to, the one that `node` is (`task`), or the controller itself. */
  readonly party: (which: 'own' | 'task' | 'controller', change?: PartyChange) => Promise<Party>;
  /** Answers a source of the controller. */
  readonly source: (source: Source) => Promise<SourceAnswer>;
  /** The task's timeout in seconds, 0 for none. */
  readonly timeout: number;
  /** The task's name, with its role's before it. */
  readonly title: string;
  /**
   * Notes in words something that was changed ("cloned it into /opt/app"): when a later step fails, the result is changed
   * and says so in `done_before_failure`.
   */
  readonly did: (what: string) => void;
  /** Shows lines that belong to no result. */
  readonly say: (text: string) => void;
  /** The person at the terminal; absent when nobody is there. */
  readonly operator?: Operator;
  /** Present for an `async` task: has the command go on by itself, and answers with its result, or that it was started. */
  readonly detach?: Detach;
};

/** Runs a command as a job. `fields` begin its result; `strip` takes line ends off the ends of its output. */
export type Detach = (
  command: Pick<Exec, 'line' | 'shell' | 'env' | 'stdin'>,
  result: { readonly fields: JsonObject; readonly strip: boolean },
) => Promise<ModuleResult>;

/** A finished result: Ansible's fields. `changed` defaults to false. */
export type ModuleResult = JsonObject & {
  readonly changed?: boolean;
  readonly failed?: boolean;
  readonly skipped?: boolean;
  readonly msg?: Json;
};

/**
 * The second form, for what cannot be foreseen or takes several steps. In check mode it is called only when
 * `check` is 'handled' (it must then change nothing); 'skip' answers as Ansible does for such modules.
 */
export type RunModule<S extends ArgSpec = ArgSpec> = ModuleHead<S> & {
  readonly kind: 'run';
  readonly check: 'handled' | 'skip';
  /** Runs on the controller and needs no connection (pause, add_host ...). */
  readonly local?: boolean;
  /** Uses `$`: set for TypeScript modules of a library folder, so that zx is loaded only for them. */
  readonly scripted?: boolean;
  /** Hands its one command to `detach` when the task is `async`; others are run from the controller. */
  readonly detaches?: boolean;
  readonly run: (
    info: RunInfo<S>,
  ) => Promise<ModuleResult | { readonly result: ModuleResult; readonly effects: readonly Effect[] }>;
};

/** Any module, with its argument types erased; `defineModule` checks them where they are written. */
export type Module = PlanModule<ArgSpec, Asks, Asks> | RunModule<ArgSpec>;

/** Defines a module of either form; all it does is to check the types. */
export function defineModule<const S extends ArgSpec, Q extends Asks, M extends Asks = Record<never, never>>(
  module: Omit<PlanModule<S, Q, M>, 'kind'>,
): Module;
/** Defines a module of the second form. */
export function defineModule<const S extends ArgSpec>(module: Omit<RunModule<S>, 'kind'>): Module;
/** Tells the two forms apart by `run`. */
export function defineModule(module: object): Module {
  // The erased type cannot be proved from the generic one; arguments are validated against `args` before every call.
  return { kind: 'run' in module ? 'run' : 'plan', ...module } as Module;
}
