import type { Raw, Value } from '../values/value.js';
import type { Standing } from './level.js';

/**
 * One source of variables in the order of precedence. `data` layers hold finished values (facts, registered results):
 * they are handed out as they are and never templated. `label` is for people: `host_vars/web1.yml`, `play vars`.
 */
export type Layer = {
  readonly label: string;
  readonly data: boolean;
  /** Of a data layer: its texts were written in the playbook (items of a literal list), so they may be conditions. */
  readonly safe?: boolean;
  readonly vars: ReadonlyMap<string, Raw>;
  /** For people who ask where a variable comes from. */
  readonly standing?: Standing;
};

/** A layer of templates: what playbooks, inventories and vars files hold. */
export function templates(label: string, vars: ReadonlyMap<string, Raw>, standing?: Standing): Layer {
  return { label, data: false, vars, standing };
}

/** A layer of data: what came from nodes, lookups or finished templates. */
export function data(label: string, vars: ReadonlyMap<string, Value>, standing?: Standing): Layer {
  return { label, data: true, vars, standing };
}

/** Variables computed when they are asked for, such as the magic ones. `get` is called only for its own names. */
export type LazyLayer = {
  readonly label: string;
  readonly names: ReadonlySet<string>;
  /** Its names are not among those that a scope lists. */
  readonly hidden?: boolean;
  readonly get: (name: string) => Value | undefined;
};
