import type { JsonObject } from '../values/json.js';
import type { ArgsOf } from './args.js';
import { type ClientArgs, clientArgs, clientRules } from './docker/client-args.js';
import type { ComposeArgs } from './docker/compose-args.js';
import { runCompose } from './docker/compose-run.js';
import { containerPath } from './docker/container-look.js';
import { engineOf, objectOf, objectsOf } from './docker/engine.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { stepping } from './steps.js';

const { timeout: _, ...reached } = clientArgs;
const args = {
  ...reached,
  project_src: { type: 'path', doc: 'The folder of the project on the node.' },
  project_name: { type: 'str', doc: "The project's name; by default that of its folder." },
  files: { type: 'list', elements: 'path', doc: 'The files in it, when they have other names than usual.' },
  definition: { type: 'dict', doc: 'The project itself, in the place of a folder; it needs a name.' },
  env_file: { type: 'path', doc: 'A file of variables for the project.' },
  profiles: { type: 'list', elements: 'str', doc: 'Which optional services belong to it.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether its containers are there.',
  },
  services: { type: 'list', elements: 'str', doc: 'Only these services.' },
  dependencies: { type: 'bool', default: true, doc: 'And those that they need.' },
  stopped: { type: 'bool', default: false, doc: 'Its containers do not run.' },
  restarted: { type: 'bool', default: false, doc: 'Its containers are restarted, every time.' },
  recreate: {
    type: 'str',
    default: 'smart',
    choices: ['always', 'never', 'smart'],
    doc: 'When containers are made anew.',
  },
  build: { type: 'bool', default: false, doc: 'Build images even when they are there.' },
  nocache: { type: 'bool', default: false, doc: 'Has no effect: builds may use earlier layers.' },
  pull: { type: 'bool', default: false, doc: 'Pull newer images.' },
  scale: { type: 'dict', doc: 'How many containers a service has, by its name.' },
  remove_images: { type: 'str', choices: ['all', 'local'], doc: 'With absent: which images go as well.' },
  remove_volumes: { type: 'bool', default: false, doc: 'With absent: volumes go as well.' },
  remove_orphans: {
    type: 'bool',
    default: false,
    doc: 'Containers of services that are no longer in it go.',
  },
  hostname_check: { type: 'bool', default: false, doc: 'Has no effect: docker always checks that name.' },
  timeout: { type: 'int', doc: 'Seconds from the stop of a container to its kill.' },
} as const;

/** Keeps projects of docker compose, under the older names of arguments. */
export const dockerCompose = defineModule({
  name: 'docker_compose',
  collection: 'community.docker',
  summary: 'Does what docker_compose_v2 does, for playbooks that were written for Compose 1.',
  args,
  rules: {
    ...clientRules,
    mutuallyExclusive: [
      ...clientRules.mutuallyExclusive,
      ['definition', 'project_src'],
      ['definition', 'files'],
    ],
    requiredOneOf: [['definition', 'project_src']],
    requiredBy: { definition: ['project_name'] },
  },
  returns: {
    services: 'by service, and by container: its image, command, labels, networks and state',
    actions: 'what compose did, as dicts with what, id and status',
  },
  examples: `
- name: The services of the application run
  docker_compose:
    project_src: /srv/app
    pull: true
`,
  check: 'handled',
  run: (info) => stepping(() => runOlder(info)),
});

type Args = ArgsOf<typeof args>;

function newer(a: Args): ComposeArgs {
  const { env_file, ...rest } = a;
  const state =
    a.state === 'absent' ? 'absent' : a.restarted ? 'restarted' : a.stopped ? 'stopped' : 'present';
  return {
    ...rest,
    state,
    env_files: env_file === undefined ? undefined : [env_file],
    pull: a.pull ? 'always' : 'policy',
    build: a.build ? 'always' : 'policy',
    recreate: a.recreate === 'smart' ? 'auto' : a.recreate,
    check_files_existing: true,
    cli_context: undefined,
    docker_cli: undefined,
    renew_anon_volumes: false,
    wait: false,
    wait_timeout: undefined,
    ignore_build_events: false,
    assume_yes: false,
  };
}

function told(container: JsonObject): JsonObject {
  const { Config, State, NetworkSettings } = container;
  const [config, state] = [objectOf(Config) ?? {}, objectOf(State) ?? {}];
  const networks = Object.entries(objectOf(objectOf(NetworkSettings)?.Networks) ?? {});
  return {
    cmd: config.Cmd ?? [],
    image: config.Image ?? null,
    labels: config.Labels ?? {},
    networks: Object.fromEntries(
      networks.map(([name, found]) => {
        const { IPAddress, IPPrefixLen, Aliases, MacAddress } = objectOf(found) ?? {};
        return [name, { IPAddress, IPPrefixLen, aliases: Aliases ?? [], macAddress: MacAddress }];
      }),
    ),
    state: { running: state.Running ?? false, status: state.Status ?? '' },
  };
}

async function runOlder(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const wish = newer(a);
  const {
    containers,
    images: __,
    ...result
  } = await runCompose(info as unknown as Parameters<typeof runCompose>[0], wish);
  const client = { ...a, timeout: clientArgs.timeout.default } as ClientArgs;
  const listed = objectsOf(containers).map((c) => [String(c.Service), String(c.Name)] as const);
  const found = await engineOf(info, client).get(...listed.map(([, name]) => containerPath(name)));
  const services: Record<string, JsonObject> = {};
  listed.forEach(([service, name], i) => {
    services[service] = { ...services[service], [name]: told(objectOf(found[i]) ?? {}) };
  });
  return { ...result, changed: result.changed === true, services };
}
