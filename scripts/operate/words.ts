/** The scripts that stand in for those of the application's repository. */
export type Script = 'deploy' | 'build' | 'backup' | 'restore';

/** What `ffe-provision` is called with, or why it is not. */
export type Call = { words: readonly string[] } | { wrong: string };

const INVENTORIES: Readonly<Record<string, string>> = {
  production: 'prod',
  staging: 'staging',
  dev: 'lab',
};

// The backend stops on every node; only the agent's node has an agent to stop with it.
const STOP = ['app', '--become', '-m', 'systemd', '-a', 'name=ffe state=stopped'];

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  start: ['site.yml', '--tags', 'ffe'],
  restart: ['deploy.yml'],
  stop: STOP,
  status: ['verify.yml'],
  rollback: ['rollback.yml'],
};

const USAGE: Readonly<Record<Script, string>> = {
  deploy: `deploy [${Object.keys(INVENTORIES).join('|')}] [${Object.keys(ACTIONS).join('|')}] [options of ffe-provision]`,
  build: 'build [ENVIRONMENT] [options of ffe-provision]; builds the current folder',
  backup: 'backup [ENVIRONMENT] [options of ffe-provision]',
  restore: 'restore NAME|latest|TIME [ENVIRONMENT] [options of ffe-provision]',
};

/** The option that names a release, when the variable FFE_VERSION does. */
function versionOf(env: Readonly<Record<string, string | undefined>>): string[] {
  return env.FFE_VERSION ? ['-e', `ffe_version=${env.FFE_VERSION}`] : [];
}

/** Splits off the words before the first option. */
function plain(argv: readonly string[]): [readonly string[], readonly string[]] {
  const at = argv.findIndex((word) => word.startsWith('-'));
  return at < 0 ? [argv, []] : [argv.slice(0, at), argv.slice(at)];
}

/** What a script's arguments mean. `cwd` is the folder that it is called in, `env` the environment. */
export function callOf(
  script: Script,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Call {
  const [given, options] = plain(argv);
  const usage: Call = { wrong: `usage: ${USAGE[script]}` };
  const target = script === 'restore' ? given[0] : undefined;
  if (script === 'restore' && target === undefined) return usage;
  const [environment = 'production', action = 'restart', ...more] =
    script === 'restore' ? given.slice(1) : given;
  const inventory = INVENTORIES[environment];
  if (inventory === undefined || more.length > 0 || (script !== 'deploy' && action !== 'restart'))
    return usage;
  const playbook: Readonly<Record<Script, readonly string[] | undefined>> = {
    deploy: ACTIONS[action] && [...ACTIONS[action], ...(action === 'restart' ? versionOf(env) : [])],
    build: ['build.yml', '-e', JSON.stringify({ build_source: cwd }), ...versionOf(env)],
    backup: ['backup.yml'],
    restore: ['restore.yml', '-e', JSON.stringify({ target })],
  };
  const words = playbook[script];
  return words ? { words: ['-i', `inventory/${inventory}.yml`, ...words, ...options] } : usage;
}
