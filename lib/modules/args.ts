import type { Json, JsonObject } from '../values/json.js';

/** The types an argument can have, as Ansible names them. */
export type ArgType =
  | 'str'
  | 'int'
  | 'float'
  | 'bool'
  | 'list'
  | 'dict'
  | 'path'
  | 'raw'
  | 'bytes'
  | 'bits'
  | 'jsonarg';

/** One argument of a module; also its documentation. */
export type Arg = {
  readonly type: ArgType;
  readonly doc: string;
  readonly required?: boolean;
  readonly default?: Json;
  readonly choices?: readonly Json[];
  readonly aliases?: readonly string[];
  /** Type of a list's elements. */
  readonly elements?: ArgType;
  /** Arguments of a dict, or of the dicts in a list. */
  readonly options?: ArgSpec;
  /** Rules between `options`. */
  readonly rules?: ArgRules;
  readonly noLog?: boolean;
  /** Left out of what a result tells of its arguments; its value is no secret elsewhere. */
  readonly hidden?: boolean;
  /** The words that refuse a value that is no text; without them it becomes one. */
  readonly textOnly?: string;
  /** A variable of the task's `environment` that gives the value where the argument is absent. */
  readonly env?: string;
};

/** A module's arguments by name. */
export type ArgSpec = { readonly [name: string]: Arg };

/** Rules between arguments, as Ansible names them. */
export type ArgRules = {
  readonly mutuallyExclusive?: readonly (readonly string[])[];
  readonly requiredTogether?: readonly (readonly string[])[];
  readonly requiredOneOf?: readonly (readonly string[])[];
  readonly requiredIf?: readonly (readonly [
    name: string,
    value: Json,
    needed: readonly string[],
    any?: boolean,
  ])[];
  readonly requiredBy?: Readonly<Record<string, readonly string[]>>;
};

type Scalar<T extends ArgType> = T extends 'str' | 'path' | 'jsonarg'
  ? string
  : T extends 'int' | 'float' | 'bytes' | 'bits'
    ? number
    : T extends 'bool'
      ? boolean
      : T extends 'list'
        ? Json[]
        : T extends 'dict'
          ? JsonObject
          : Json;
type TypeOf<A extends Arg> = A extends { type: 'list'; options: infer O extends ArgSpec }
  ? ArgsOf<O>[]
  : A extends { type: 'list'; elements: infer E extends ArgType }
    ? Scalar<E>[]
    : A extends { options: infer O extends ArgSpec }
      ? ArgsOf<O>
      : A extends { choices: readonly (infer C)[]; type: 'str' }
        ? C
        : Scalar<A['type']>;
type IsSet<A extends Arg> = A extends { required: true }
  ? true
  : A extends { default: infer D }
    ? D extends null
      ? false
      : true
    : false;

/** The TypeScript type of a module's validated arguments: defaults filled in, aliases resolved, what is absent is undefined. */
export type ArgsOf<S extends ArgSpec> = {
  readonly [K in keyof S]: IsSet<S[K]> extends true ? TypeOf<S[K]> : TypeOf<S[K]> | undefined;
};
