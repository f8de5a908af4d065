import type { Special } from './special.js';

/**
 * The value domain that variables, templates and playbooks share: Python's values, as Ansible sees them.
 * An integer is a `number` (a `bigint` beyond 2^53); a float is a `number` with a fraction, or boxed as
 * `PyFloat` when it is integral (`2.0`), so that printing and typing can tell them apart. `Special` values (methods, views, macros) only live in templates.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | Tuple
  | List
  | Dict
  | Bytes
  | Special;

/** A list; JavaScript's own array. */
export type List = Value[];

/** An insertion-ordered dict. A Map, because plain objects reorder keys like '10' and treat `__proto__` apart. */
export type Dict = Map<Value, Value>;

/** An integral (or otherwise special) float, for example `2.0`, which a bare number could not tell from `2`. */
export class PyFloat {
  constructor(readonly value: number) {}
}

/** A tuple; prints as `(1, 2)`, never equal to a list. `names` are the attributes of a named one (`groupby`: grouper, list). */
export class Tuple {
  constructor(
    readonly items: readonly Value[],
    readonly names?: readonly string[],
  ) {}
}

/** Bytes that are not text (slurped or decoded data). */
export class Bytes {
  constructor(readonly data: Uint8Array) {}
}

/**
 * What YAML files hold before templating: values whose strings are templates, and tagged leaves.
 * Only `vars/` turns a raw value into a finished one; a finished value is never templated again.
 */
export type Raw = Value | Unsafe | Sealed | Raw[] | Map<Value, Raw>;

/** A `!unsafe` string: taken as it is, never templated. */
export class Unsafe {
  constructor(readonly text: string) {}
}

/** A `!vault` string: opened when it is first needed, and its text then known to the redactor. */
export class Sealed {
  constructor(readonly envelope: string) {}
}
