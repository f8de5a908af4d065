import type { Keywords } from '../values/special.js';
import type { Undefined } from '../values/undefined.js';
import type { Value } from '../values/value.js';
import type { TemplateOptions, Templater } from './templater.js';

/** Where names in a template come from. Values are finished: a scope templates its raw values before it hands them out. */
export type Scope = {
  /** The finished value, an Undefined that explains itself, or undefined when no layer has the name. */
  get(name: string): Value | Undefined | undefined;
  has(name: string): boolean;
  /** Every known name, for `vars`, `varnames` and suggestions. */
  names(): Iterable<string>;
  /** The value as it was written, before templating (for the `vars` dictionary and typing rule 2). */
  raw?(name: string): unknown;
  /** True when the value is text that a filter like `to_json` made: such text is never read as a list or dict. */
  native?(name: string): boolean;
  /** The same variables, evaluated by another templater: what a template with delimiters of its own sees. */
  under?(templater: Templater): Scope;
  /** True when the value may hold text from a node, a lookup or the like: such text is never evaluated. */
  unsafe?(name: string): boolean;
};

/** An argument of a call. An undefined name may be passed (`default` looks at it); any other use of it is an error. */
export type Arg = Value | Undefined;

/** Keyword arguments of a call, in the order given. */
export type Kwargs = Keywords;

/** What library functions may use of the render that calls them. */
export type Caller = {
  readonly scope: Scope;
  /** Templates a text as a playbook value (typing rules apply), in the caller's scope plus `extra`. */
  template(text: string, extra?: ReadonlyMap<string, Value>): Value;
  /** Renders a .j2 text as the template module does. */
  templateFile(
    text: string,
    file: string,
    extra?: ReadonlyMap<string, Value>,
    options?: TemplateOptions,
  ): string;
  /** Calls a filter or a test by name (`map`, `select` ... need it). */
  filter(name: string, input: Value | Undefined, args: Arg[], kwargs: Kwargs): Value | Undefined;
  test(name: string, input: Value | Undefined, args: Arg[], kwargs: Kwargs): boolean;
  readonly host: HostFiles;
};

/** The controller-side surroundings of a render: search paths for files, secrets, the rule for effects. */
export type HostFiles = {
  /** Folders to look in for `files/x` or `templates/x`, nearest first. */
  readonly searchPath: readonly string[];
  /** The playbook's folder. */
  readonly baseDir: string;
  /** The folder that `first_found` looks in below each of them, by the task's action; `files` when absent. */
  readonly folder?: string;
  /** True while arguments are only evaluated ahead of their turn: functions with effects must throw `Ahead`. */
  readonly ahead: boolean;
  /** Makes a value known to the redactor. */
  secret(text: string): void;
  /** Opens a vault envelope with the run's vault secrets (all, or one id). */
  unvault(envelope: string, file?: string): string;
  /** The same as bytes, for what need not be text. */
  unvaultBytes?(envelope: Uint8Array, file?: string): Uint8Array;
  /** Texts that came out of `!vault` values: strings carry no mark of their own, and `vault_encrypted` asks. */
  readonly sealed?: Set<string>;
  /** Seals a text into a vault envelope. */
  vault?(text: string, secret: string, options: { salt?: string; id?: string }): string;
  /** Templates that are not on disk, by name: text, and the path that errors are to show. */
  template?(name: string): { text: string; file: string } | undefined;
  /** Facts about the run that some lookups need (inventory_hostnames, config ...), by name. */
  service?(name: string, args: Value[]): Value | undefined;
};

/** Thrown by a lookup that would have effects (run a command, write a password file) while evaluating ahead. */
export class AheadError extends Error {}

/** A filter: the piped value, positional and keyword arguments. Reports misuse by throwing a TemplateError. */
export type Filter = (
  input: Value | Undefined,
  args: Arg[],
  kwargs: Kwargs,
  caller: Caller,
) => Value | Undefined;

/** A test, after `is`. */
export type Test = (input: Value | Undefined, args: Arg[], kwargs: Kwargs, caller: Caller) => boolean;

/** A lookup: terms and options to a list of values (`lookup` joins or unwraps it, `query` does not). */
export type Lookup = (terms: Arg[], kwargs: Kwargs, caller: Caller) => Value[];

/** A filter, test or lookup that failed; the driver adds position and expression. */
export class TemplateError extends Error {}

/** The functions templates may call, by name; dotted names (`ansible.builtin.x`) are looked up by their last part too. */
export type Library = {
  readonly filters: ReadonlyMap<string, Filter>;
  readonly tests: ReadonlyMap<string, Test>;
  readonly lookups: ReadonlyMap<string, Lookup>;
  /** Why a name that is not there is not there, where more can be said than that. */
  readonly explain?: (kind: 'filter' | 'test' | 'lookup', name: string) => string | undefined;
};
