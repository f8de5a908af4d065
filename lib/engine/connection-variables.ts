import { FfeError } from '../errors/error.js';
import { isLocalName } from '../inventory/localhost.js';
import { Undefined } from '../values/undefined.js';
import type { Value } from '../values/value.js';
import type { LazyLayer } from '../vars/layer.js';
import type { LayeredScope } from '../vars/scope.js';
import { keywords } from './evaluate.js';
import type { ConnectionDefaults } from './options.js';
import type { Run } from './state.js';

type Asked = {
  readonly host: string;
  readonly defaults: ConnectionDefaults;
  readonly implicit: boolean;
  readonly keyword: (name: 'connection' | 'remote_user') => string | undefined;
  /** What a variable was set to. */
  readonly set: (name: string) => Value | undefined;
};
type Teller = (asked: Asked) => Value | undefined;

const both = (name: string, teller: Teller): Record<string, Teller> => ({
  [`ansible_${name}`]: (asked) => asked.set(`ansible_ssh_${name}`) ?? teller(asked),
  [`ansible_ssh_${name}`]: (asked) => asked.set(`ansible_${name}`) ?? teller(asked),
});

const address: Teller = ({ host, implicit }) => (implicit ? '127.0.0.1' : host);
const user: Teller = ({ keyword, defaults }) => keyword('remote_user') ?? defaults.user;
const timeout: Teller = ({ defaults }) => defaults.timeout ?? 10;
const keyFile: Teller = ({ defaults }) => defaults.privateKeyFile;

// The variables that a task sees of its connection when nothing sets them (core 2.14, MAGIC_VARIABLE_MAPPING). Of two
// names for one thing either is what the other was set to.
const TELLERS: Readonly<Record<string, Teller>> = {
  ansible_connection: ({ implicit, keyword, defaults }) =>
    implicit ? 'local' : (keyword('connection') ?? defaults.connection ?? 'ssh'),
  ...both('host', address),
  ...both('user', user),
  ...both('timeout', timeout),
  ...both('private_key_file', keyFile),
  ...both('pipelining', () => false),
  ansible_shell_executable: () => '/bin/sh',
  ansible_module_compression: () => 'ZIP_DEFLATED',
};
const NAMES: ReadonlySet<string> = new Set(Object.keys(TELLERS));

/** A variable that some layer sets; not what is told here. */
function setElsewhere(scope: LayeredScope, name: string): Value | undefined {
  const value = scope.raw?.(name) === undefined ? undefined : scope.get(name);
  return value instanceof Undefined ? undefined : value;
}

/**
 * What a task's variables tell of its connection, below all others and not listed among them: the keywords, the command
 * line and the defaults. `scope` is the one that the layer is part of.
 */
export function connectionVariables(
  run: Run,
  host: string,
  effective: ReturnType<Run['effective']>,
  scope: () => LayeredScope,
): LazyLayer {
  // A keyword may be a template over the very variable that it gives.
  const busy = new Set<string>();
  const get = (name: string): Value | undefined => {
    if (busy.has(name)) return undefined;
    busy.add(name);
    try {
      return TELLERS[name]?.({
        host,
        defaults: run.options.connection,
        implicit:
          isLocalName(host) && (run.inventory.hosts.get(host) ?? { implicit: true }).implicit === true,
        keyword: keywords(effective, scope()),
        set: (other) => setElsewhere(scope(), other),
      });
    } catch (error) {
      if (error instanceof FfeError) return undefined;
      throw error;
    } finally {
      busy.delete(name);
    }
  };
  return { label: 'connection', names: NAMES, hidden: true, get };
}
