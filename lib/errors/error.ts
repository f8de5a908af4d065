import type { Pos } from '../values/position.js';

/** What kind of failure: decides the exit code and lets tools react without reading the text. */
export type ErrorCode =
  | 'usage' // command line
  | 'parse' // YAML, INI, JSON, template syntax
  | 'unknown-name' // keyword, module, argument, filter, host ...
  | 'bad-value' // right name, wrong type or value
  | 'undefined' // a variable that no layer has
  | 'template' // a template that failed while running
  | 'not-found' // a file, role or playbook
  | 'unsupported' // exists in Ansible, not here
  | 'unreachable' // a node could not be reached or was lost
  | 'host-key'
  | 'auth'
  | 'become'
  | 'task' // a task failed
  | 'vault'
  | 'lab'
  | 'internal';

/** What an error can carry besides its text. `span` is the number of columns to underline from `pos`. */
export type ErrorDetail = {
  pos?: Pos;
  span?: number;
  hint?: string;
  /** Further lines, such as `host web1, task "app.conf"`. */
  notes?: string[];
  cause?: unknown;
  /** True of a playbook's form: such an error ends the run, also when its file is only included. */
  form?: boolean;
};

/** An error a user can cause. Shown like a compiler's; the stack only with --debug. */
export class FfeError extends Error {
  readonly code: ErrorCode;
  readonly pos: Pos | undefined;
  readonly span: number | undefined;
  readonly hint: string | undefined;
  readonly notes: string[];
  readonly form: boolean;
  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'FfeError';
    this.code = code;
    this.pos = detail.pos;
    this.span = detail.span;
    this.hint = detail.hint;
    this.notes = detail.notes ?? [];
    this.form = detail.form ?? false;
  }
}

/** Several errors found in one go (all files are read before any is reported). */
export class FfeErrors extends Error {
  constructor(readonly errors: readonly FfeError[]) {
    super(errors.map((e) => e.message).join('\n'));
    this.name = 'FfeErrors';
  }
}
