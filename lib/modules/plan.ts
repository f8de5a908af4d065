import type { Action, Outcome } from '../node/actions/action.js';
import type { JsonObject } from '../values/json.js';
import type { Raw } from '../values/value.js';

/** What a diff shows of one thing: texts, or small trees of attributes, before and after. */
export type Diff = {
  readonly before?: string | JsonObject;
  readonly after?: string | JsonObject;
  readonly beforeHeader?: string;
  readonly afterHeader?: string;
  readonly prepared?: string;
};

/** A change to the run itself (not to a node) that a result brings about. Names as Ansible's results have them. */
export type Effect =
  | { readonly kind: 'set-facts'; readonly vars: JsonObject; readonly cacheable: boolean }
  | {
      readonly kind: 'include-vars';
      readonly vars: JsonObject;
      readonly files: readonly string[];
      /** The same as written, still templates; what is to be stored. */
      readonly raw?: ReadonlyMap<string, Raw>;
    }
  | {
      readonly kind: 'add-host';
      readonly name: string;
      readonly groups: readonly string[];
      readonly vars: JsonObject;
    }
  | { readonly kind: 'group-by'; readonly group: string; readonly parents: readonly string[] }
  | {
      readonly kind: 'stats';
      readonly data: JsonObject;
      readonly perHost: boolean;
      readonly aggregate: boolean;
    };

/** What a module decided: nothing to do (and why), changes to make, or that it cannot be. */
export type Plan =
  | {
      readonly kind: 'ok';
      readonly reason: string;
      readonly result: JsonObject;
      readonly effects: readonly Effect[];
    }
  | {
      readonly kind: 'change';
      readonly reason: string;
      readonly actions: readonly Action[];
      readonly diff: readonly Diff[];
      /**
       * Result fields. `changed: false` in it (or in what `after` gives) says that the actions count as no change, as
       * for a daemon-reload; such actions are not performed in check mode either.
       */
      readonly result: JsonObject;
      /** Further result fields from what the actions left, one outcome per action (never called in check mode). */
      readonly after?: (outcomes: readonly Outcome[]) => JsonObject;
      /** Words for the failure of an action, by its index; default: the action's own stderr. */
      readonly explain?: (index: number, outcome: Outcome) => string;
      readonly effects: readonly Effect[];
    }
  | { readonly kind: 'failed'; readonly msg: string; readonly result: JsonObject }
  | { readonly kind: 'skipped'; readonly msg: string; readonly result: JsonObject };

/** Nothing to do; the reason is shown with -v and asserted by tests. */
export function ok(reason: string, result: JsonObject = {}, effects: readonly Effect[] = []): Plan {
  return { kind: 'ok', reason, result, effects };
}

/** Changes to make, in order. */
export function change(
  reason: string,
  actions: readonly Action[],
  rest: Partial<Omit<Extract<Plan, { kind: 'change' }>, 'kind' | 'reason' | 'actions'>> = {},
): Plan {
  return { kind: 'change', reason, actions, diff: [], result: {}, effects: [], ...rest };
}

/** Cannot be; nothing is touched. */
export function failed(msg: string, result: JsonObject = {}): Plan {
  return { kind: 'failed', msg, result };
}

/** Does not apply here. */
export function skipped(msg: string, result: JsonObject = {}): Plan {
  return { kind: 'skipped', msg, result };
}
