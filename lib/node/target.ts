/** What to do with a host key that known_hosts does not have: refuse, add it, or not look at all. A changed key is refused by both `strict` and `accept-new`. */
export type HostKeyChecking = 'strict' | 'accept-new' | 'off';

/**
 * Where a host is reached and as whom, as the inventory says. What is undefined comes from `~/.ssh/config`, then from
 * ssh's own defaults. Set fields win over the config file, as ssh's command line does.
 */
export type Target = {
  /** The name of the inventory, for messages. */
  readonly name: string;
  readonly connection: 'ssh' | 'local';
  /** Name, alias of `~/.ssh/config`, or address; default: `name`. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  /** Login password; also answers keyboard-interactive prompts. */
  readonly password?: string;
  /** Private key files that are tried first. `~` is the home directory. */
  readonly identityFiles?: readonly string[];
  /** The text of a private key, from a variable instead of a file. */
  readonly privateKey?: string;
  /** Words as for `ssh`'s command line, such as ansible_ssh_common_args: `-o Option=value -J host -p 22`. */
  readonly sshArgs?: string;
  /** As ssh's `-J`: `[user@]host[:port]`, several with commas, `none` for a direct connection. */
  readonly proxyJump?: string;
  readonly hostKeyChecking?: HostKeyChecking;
  readonly knownHostsFiles?: readonly string[];
  /** Seconds for connection and login together; default 10. */
  readonly timeout?: number;
  /** Seconds between signs of life, and how many may stay unanswered; default 15 and 3. */
  readonly keepalive?: { readonly interval: number; readonly count: number };
  /** The program for `connection: local` and for the long-lived shell; default `/bin/sh`. */
  readonly shell?: string;
  /** For `connection: local`: where programs start; default: where this program works. */
  readonly cwd?: string;
};

/** Asks the operator for a key's passphrase; undefined means: go on without this key. */
export type AskPassphrase = (keyFile: string) => Promise<string | undefined>;
