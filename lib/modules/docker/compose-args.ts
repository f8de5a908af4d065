import type { ArgSpec, ArgsOf } from '../args.js';
import { clientArgs } from './client-args.js';

const { timeout: _, debug: __, use_ssh_client: ___, ssl_version: ____, ...reached } = clientArgs;

/** Arguments of the modules of docker compose: which project, and which engine. */
export const projectArgs = {
  ...reached,
  project_src: { type: 'path', doc: 'The folder of the project on the node.' },
  project_name: { type: 'str', doc: "The project's name; by default that of its folder." },
  files: { type: 'list', elements: 'path', doc: 'The files in it, when they have other names than usual.' },
  definition: { type: 'dict', doc: 'The project itself, in the place of a folder; it needs a name.' },
  env_files: { type: 'list', elements: 'path', doc: 'Files of variables for the project.' },
  profiles: { type: 'list', elements: 'str', doc: 'Which optional services belong to it.' },
  check_files_existing: {
    type: 'bool',
    default: true,
    doc: 'Say so at once when the folder has no file of a project.',
  },
  cli_context: { type: 'str', doc: "The context of docker's settings to use." },
  docker_cli: { type: 'path', doc: 'The docker command, when it is not in the path.' },
} as const satisfies ArgSpec;

/** What of those arguments goes together. */
export const projectRules = {
  mutuallyExclusive: [
    ['tls', 'validate_certs'],
    ['definition', 'project_src'],
    ['definition', 'files'],
    ['docker_host', 'cli_context'],
  ],
  requiredTogether: [['client_cert', 'client_key']],
  requiredOneOf: [['definition', 'project_src']],
  requiredBy: { definition: ['project_name'] },
} as const;

/** The arguments of docker_compose_v2. */
export const composeArgs = {
  ...projectArgs,
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present', 'restarted', 'stopped'],
    doc: 'What its services are to be. restarted is done every time.',
  },
  services: { type: 'list', elements: 'str', doc: 'Only these services.' },
  dependencies: { type: 'bool', default: true, doc: 'And those that they need.' },
  pull: {
    type: 'str',
    default: 'policy',
    choices: ['always', 'missing', 'never', 'policy'],
    doc: 'When images are pulled; policy is what the project says.',
  },
  build: {
    type: 'str',
    default: 'policy',
    choices: ['always', 'never', 'policy'],
    doc: 'When images are built; policy is what the project says.',
  },
  recreate: {
    type: 'str',
    default: 'auto',
    choices: ['always', 'never', 'auto'],
    doc: 'When containers are made anew.',
  },
  renew_anon_volumes: { type: 'bool', default: false, doc: 'New containers get new nameless volumes.' },
  scale: { type: 'dict', doc: 'How many containers a service has, by its name.' },
  remove_images: { type: 'str', choices: ['all', 'local'], doc: 'With absent: which images go as well.' },
  remove_volumes: { type: 'bool', default: false, doc: 'With absent: volumes go as well.' },
  remove_orphans: {
    type: 'bool',
    default: false,
    doc: 'Containers of services that are no longer in it go.',
  },
  timeout: { type: 'int', doc: 'Seconds from the stop of a container to its kill.' },
  wait: { type: 'bool', default: false, doc: 'Wait until its services run and are healthy.' },
  wait_timeout: { type: 'int', doc: 'How many seconds.' },
  ignore_build_events: { type: 'bool', default: true, doc: 'A build alone is no change.' },
  assume_yes: {
    type: 'bool',
    default: false,
    doc: 'Say yes to questions, such as whether to make volumes anew.',
  },
} as const satisfies ArgSpec;

/** The validated arguments. */
export type ProjectArgs = ArgsOf<typeof projectArgs>;
/** The validated arguments of docker_compose_v2. */
export type ComposeArgs = ArgsOf<typeof composeArgs>;
