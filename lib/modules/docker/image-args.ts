import type { ArgSpec, ArgsOf } from '../args.js';
import { clientArgs } from './client-args.js';

const buildOptions = {
  path: { type: 'path', required: true, doc: 'The folder on the node, or an address that docker fetches.' },
  dockerfile: { type: 'str', doc: 'The file in it, when it is not called Dockerfile.' },
  args: { type: 'dict', doc: 'Arguments of the build.' },
  cache_from: { type: 'list', elements: 'str', doc: 'Images whose layers may be used.' },
  container_limits: {
    type: 'dict',
    doc: 'What the containers of the build may use.',
    options: {
      memory: { type: 'raw', doc: 'Memory, in bytes or with a unit.' },
      memswap: { type: 'raw', doc: 'Memory and swap together; -1 for no limit.' },
      cpushares: { type: 'int', doc: 'Their weight among others.' },
      cpusetcpus: { type: 'str', doc: 'Their processors.' },
    },
  },
  etc_hosts: { type: 'dict', doc: 'Names with their addresses.' },
  http_timeout: { type: 'int', doc: 'Has no effect: a build may take its time.' },
  network: { type: 'str', doc: 'The network of the build.' },
  nocache: { type: 'bool', default: false, doc: 'Use no layers of earlier builds.' },
  platform: { type: 'str', doc: 'The platform, such as linux/amd64.' },
  pull: { type: 'bool', default: false, doc: 'Pull a newer base when there is one.' },
  rm: { type: 'bool', default: true, doc: 'Remove the containers of the build.' },
  target: { type: 'str', doc: 'The stage of the Dockerfile to stop at.' },
  use_config_proxy: { type: 'bool', doc: "Has no effect: docker always hands on its settings' proxies." },
} as const satisfies ArgSpec;

/** The arguments of docker_image. */
export const imageArgs = {
  ...clientArgs,
  name: { type: 'str', required: true, doc: 'The image, as name, name:tag or id.' },
  tag: { type: 'str', default: 'latest', doc: 'Its tag, when the name has none.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  source: {
    type: 'str',
    choices: ['build', 'load', 'pull', 'local'],
    doc: 'Where it comes from when it is missing; local fails then.',
  },
  force_source: { type: 'bool', default: false, doc: 'Build, load or pull it even when it is there.' },
  build: { type: 'dict', options: buildOptions, doc: 'How it is built.' },
  pull: {
    type: 'dict',
    doc: 'How it is pulled.',
    options: { platform: { type: 'str', doc: 'The platform, such as linux/amd64.' } },
  },
  load_path: { type: 'path', doc: 'The archive on the node that it is loaded from.' },
  archive_path: { type: 'path', doc: 'The archive on the node that it is saved in.' },
  repository: { type: 'str', doc: 'A further name for it, and the one that is pushed.' },
  push: { type: 'bool', default: false, doc: 'Push it to its registry.' },
  force_tag: {
    type: 'bool',
    default: false,
    doc: 'Give it the further name even when another image has it.',
  },
  force_absent: {
    type: 'bool',
    default: false,
    doc: 'Take it from containers that use it, and from its other names.',
  },
} as const satisfies ArgSpec;

/** The validated arguments. */
export type ImageArgs = ArgsOf<typeof imageArgs>;
