import type { Operator } from '../modules/operator.js';
import type { Layer } from '../vars/layer.js';

/** What the command line (or a caller of the library) decides about a run. */
export type RunOptions = {
  readonly check: boolean;
  readonly diff: boolean;
  readonly verbosity: number;
  readonly forks: number;
  readonly limit?: string;
  /** The ansible.cfg that was read, if any. */
  readonly configFile?: string;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly extraVars: Layer;
  readonly startAtTask?: string;
  /** Asks before each task; the answer `continue` stops the asking. */
  readonly step?: (taskName: string) => Promise<'yes' | 'no' | 'continue'>;
  readonly forceHandlers: boolean;
  readonly flushCache: boolean;
  readonly connection: ConnectionDefaults;
  readonly become: BecomeDefaults;
  readonly strategy: string;
  readonly gathering: 'implicit' | 'explicit' | 'smart';
  readonly anyErrorsFatal: boolean;
  /** Asks the operator for a `vars_prompt` variable. */
  readonly prompt?: (text: string, secret: boolean) => Promise<string>;
  /** The person at the terminal, for pauses. */
  readonly operator?: Operator;
  /** Asks the operator for a command of the task debugger; undefined when the input has ended. */
  readonly command?: (prompt: string) => Promise<string | undefined>;
  /** Tasks that fail, or whose host cannot be reached, are handed to the debugger. */
  readonly debugger?: boolean;
  /** What a notification of a handler that is not there is; default: an error. */
  readonly missingHandlers?: 'error' | 'warn';
  /** Answers to private prompts are shown where the play shows them, as Ansible does. */
  readonly revealPrompts?: boolean;
  /** Whether tasks see in check mode what earlier ones would have left; default true. Ansible's see what is there. */
  readonly foresight?: boolean;
  /** The debugger leaves tasks alone whose failure is ignored. */
  readonly debuggerIgnores?: boolean;
};

/** Connection settings of the command line; variables and keywords of the inventory and the play win over them. */
export type ConnectionDefaults = {
  readonly connection?: string;
  readonly user?: string;
  readonly port?: number;
  readonly privateKeyFile?: string;
  readonly password?: string;
  readonly timeout?: number;
  readonly sshArgs?: string;
  readonly hostKeyChecking?: 'strict' | 'accept-new' | 'off';
  readonly askPassphrase?: (keyFile: string) => Promise<string | undefined>;
};

/** Become settings of the command line and the configuration. */
export type BecomeDefaults = {
  readonly become: boolean;
  readonly method: string;
  readonly user: string;
  readonly exe?: string;
  readonly flags?: string;
  /** The program is run also to become the user who is logged in. */
  readonly sameUser?: boolean;
  readonly password?: string;
};
