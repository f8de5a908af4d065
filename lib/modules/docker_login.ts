import { text } from '../node/content.js';
import { clientArgs, clientRules } from './docker/client-args.js';
import {
  askHelper,
  helperOf,
  keptLogin,
  type Login,
  readSettings,
  type Settings,
  withLogin,
} from './docker/credentials.js';
import { engineOf, objectOf } from './docker/engine.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { probed } from './probed-file.js';
import { StepError, stepping } from './steps.js';

const args = {
  ...clientArgs,
  registry_url: {
    type: 'str',
    default: 'https://index.docker.io/v1/',
    aliases: ['registry', 'url'],
    doc: 'The registry.',
  },
  username: { type: 'str', doc: 'Who logs in.' },
  password: { type: 'str', noLog: true, doc: 'The password, or a token.' },
  reauthorize: {
    type: 'bool',
    default: false,
    aliases: ['reauth'],
    doc: 'Ask the registry even when this login is kept already.',
  },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], doc: 'Logged in, or out.' },
  config_path: {
    type: 'path',
    default: '~/.docker/config.json',
    aliases: ['dockercfg_path'],
    doc: "The file of docker's settings, which keeps logins or names the program that does.",
  },
} as const;

/** Logs in to registries, and out. */
export const dockerLogin = defineModule({
  name: 'docker_login',
  collection: 'community.docker',
  summary: 'Keeps logins to registries of Docker images.',
  args,
  rules: { ...clientRules, requiredIf: [['state', 'present', ['username', 'password']]] },
  returns: {
    login_result: 'what the registry said, or who was logged in already',
    login_results: 'the same under the name that is documented',
  },
  examples: `
- name: Images may be pulled from our registry
  docker_login:
    registry_url: registry.example.net
    username: deploy
    password: "{{ registry_password }}"
`,
  check: 'handled',
  run: (info) => stepping(() => login(info)),
});

type Info = RunInfo<typeof args>;

/** Keeps a login, or no longer: by the program that does so, else in the file. */
async function keep(info: Info, { config, file }: Settings, login: Login | undefined): Promise<void> {
  const { registry_url: registry, config_path } = info.args;
  const helper = helperOf(config, registry);
  if (helper !== undefined) {
    const entry = login && { ServerURL: registry, Username: login.username, Secret: login.password };
    await askHelper(info, helper, entry ? 'store' : 'erase', entry ? JSON.stringify(entry) : registry);
    return;
  }
  const content = text(`${JSON.stringify(withLogin(config, registry, login), null, '\t')}\n`);
  const folder = config_path.replace(/\/[^/]*$/, '') || '/';
  const done = await info.node.apply(
    [
      ...(file.exists
        ? []
        : [{ kind: 'mkdir', path: folder, parents: true, attributes: { mode: 0o700 } } as const]),
      { kind: 'write', path: config_path, content, expect: probed(file), attributes: { mode: 0o600 } },
    ],
    [],
    info.become,
  );
  if (done.failed !== undefined) {
    const said = done.outcomes[done.failed]!.stderr.toString('utf8').trim();
    throw new StepError(`${config_path}: ${said || 'somebody else changed it at the same time'}`);
  }
}

async function login(info: Info): Promise<ModuleResult> {
  const { args: a, check } = info;
  const engine = engineOf(info, a);
  const settings = await readSettings(info, a.config_path);
  const kept = await keptLogin(info, settings.config, a.registry_url);
  if (a.state === 'absent') {
    if (kept && !check) await keep(info, settings, undefined);
    return { changed: kept !== undefined, login_result: {}, login_results: {} };
  }
  const wanted: Login = { username: a.username ?? '', password: a.password ?? '' };
  const same = kept?.username === wanted.username && kept.password === wanted.password;
  const said = { username: wanted.username, serveraddress: a.registry_url };
  if (same && !a.reauthorize) return { changed: false, login_result: said, login_results: said };
  const body = { ...wanted, serveraddress: a.registry_url };
  const failure = `Logging into ${a.registry_url} for user ${wanted.username} failed - `;
  const answer =
    objectOf(await engine.call({ method: 'POST', path: '/auth', body }, failure.slice(0, -3))) ?? {};
  const { IdentityToken: _, ...login_result } = answer;
  if (!check) await keep(info, settings, wanted);
  return { changed: true, login_result, login_results: login_result };
}
