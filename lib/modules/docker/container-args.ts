import type { ArgSpec, ArgsOf } from '../args.js';
import { clientArgs } from './client-args.js';
import { limitArgs } from './limit-args.js';
import { networkArgs } from './network-args.js';
import { storageArgs } from './storage-args.js';

/** What happens to the container, and when. */
const lifeArgs = {
  name: { type: 'str', required: true, doc: 'The container, by its name or the beginning of its id.' },
  state: {
    type: 'str',
    default: 'started',
    choices: ['absent', 'present', 'healthy', 'stopped', 'started'],
    doc: 'What the container is to be. present and stopped do not start it; healthy waits for its own check.',
  },
  image: { type: 'str', doc: 'The image, as name:tag, name@digest or id; it is pulled when it is missing.' },
  pull: {
    type: 'raw',
    default: 'missing',
    doc: 'When to pull the image: always (or true), missing (or false), never.',
  },
  pull_check_mode_behavior: {
    type: 'str',
    default: 'image_not_present',
    choices: ['image_not_present', 'always'],
    doc: 'When check mode counts a pull as a change.',
  },
  recreate: { type: 'bool', default: false, doc: 'Make it anew even when it is as wished.' },
  restart: { type: 'bool', default: false, doc: 'Restart it when it runs already.' },
  paused: { type: 'bool', doc: 'Whether a running container is frozen.' },
  force_kill: {
    type: 'bool',
    default: false,
    aliases: ['forcekill'],
    doc: 'Kill it where it would be stopped.',
  },
  kill_signal: { type: 'str', doc: 'What to kill it with.' },
  keep_volumes: { type: 'bool', default: true, doc: 'Its nameless volumes outlive it.' },
  cleanup: { type: 'bool', default: false, doc: 'Remove it when it ends, with detach off.' },
  output_logs: {
    type: 'bool',
    default: false,
    doc: "Also write its output to the node's log, with detach off.",
  },
  removal_wait_timeout: {
    type: 'float',
    doc: 'Seconds to wait for a removal that goes on; no end by default.',
  },
  healthy_wait_timeout: { type: 'float', default: 300, doc: 'Seconds to wait for a healthy container.' },
  default_host_ip: { type: 'str', doc: 'The address that ports are published on when none is named.' },
  container_default_behavior: {
    type: 'str',
    default: 'no_defaults',
    choices: ['compatibility', 'no_defaults'],
    doc: 'compatibility gives a few options old defaults, instead of leaving them alone.',
  },
  command_handling: {
    type: 'str',
    default: 'correct',
    choices: ['compatibility', 'correct'],
    doc: 'compatibility joins the words of lists, and splits them anew.',
  },
} as const satisfies ArgSpec;

/** What is compared, and how. */
const comparisonArgs = {
  comparisons: {
    type: 'dict',
    doc: 'By option, or * for all: strict, ignore, or allow_more_present for sets, lists and dicts.',
  },
  ignore_image: { type: 'bool', default: false, doc: 'The same as comparisons with image ignored.' },
  image_comparison: {
    type: 'str',
    default: 'desired-image',
    choices: ['desired-image', 'current-image'],
    doc: 'Whose own settings count in comparisons.',
  },
  image_label_mismatch: {
    type: 'str',
    default: 'ignore',
    choices: ['ignore', 'fail'],
    doc: 'What labels of the image that are not wished lead to.',
  },
  image_name_mismatch: {
    type: 'str',
    default: 'ignore',
    choices: ['recreate', 'ignore'],
    doc: 'What another name of the same image leads to.',
  },
} as const satisfies ArgSpec;

/** What runs in it, as whom, and with which settings. */
const processArgs = {
  command: { type: 'raw', doc: 'The command, as a line or as a list of words.' },
  entrypoint: { type: 'list', elements: 'str', doc: 'What the command is handed to.' },
  env: { type: 'dict', doc: 'Environment variables; all values must be texts.' },
  env_file: { type: 'path', doc: 'A file on the node with more of them, one NAME=VALUE a line.' },
  user: { type: 'str', doc: 'Whom it runs as, by name or id, with :group if need be.' },
  groups: { type: 'list', elements: 'str', doc: 'Further groups.' },
  working_dir: { type: 'str', doc: 'Where it runs.' },
  labels: { type: 'dict', doc: 'Labels with their values.' },
  detach: { type: 'bool', doc: 'False waits until it ends, and gives its exit code and output.' },
  interactive: { type: 'bool', doc: 'Keep its standard input open.' },
  tty: { type: 'bool', doc: 'Give it a terminal.' },
  init: { type: 'bool', doc: 'Run an init that forwards signals and reaps processes.' },
  auto_remove: { type: 'bool', doc: 'The engine removes it as soon as it ends.' },
  restart_policy: {
    type: 'str',
    choices: ['no', 'on-failure', 'always', 'unless-stopped'],
    doc: 'What follows when it ends.',
  },
  restart_retries: { type: 'int', doc: 'How often on-failure tries.' },
  stop_signal: { type: 'str', doc: 'What it is stopped with.' },
  stop_timeout: { type: 'int', doc: 'Seconds from that to the kill.' },
  healthcheck: {
    type: 'dict',
    doc: "A check of its health in the place of the image's.",
    options: {
      test: {
        type: 'raw',
        doc: 'The command: a line for a shell, or a list that begins with CMD, CMD-SHELL or NONE.',
      },
      test_cli_compatible: {
        type: 'bool',
        default: false,
        doc: "Without test the image's stays, and the times alone are changed.",
      },
      interval: { type: 'str', doc: 'Time between two checks, such as 1m30s.' },
      timeout: { type: 'str', doc: 'How long one may take.' },
      start_period: { type: 'str', doc: 'How long failures do not count after the start.' },
      start_interval: { type: 'str', doc: 'Time between two checks until then.' },
      retries: { type: 'int', doc: 'How many failures make it unhealthy.' },
    },
  },
  log_driver: { type: 'str', doc: 'Where its output goes.' },
  log_options: { type: 'dict', aliases: ['log_opt'], doc: 'Options of that driver.' },
  privileged: { type: 'bool', doc: 'Give it all the rights of the host.' },
  capabilities: { type: 'list', elements: 'str', doc: 'Capabilities that it gets.' },
  cap_drop: { type: 'list', elements: 'str', doc: 'Capabilities that it loses.' },
  security_opts: { type: 'list', elements: 'str', doc: 'Options of security modules.' },
  platform: { type: 'str', doc: 'The platform of the image, such as linux/amd64.' },
  runtime: { type: 'str', doc: 'The program that runs it.' },
} as const satisfies ArgSpec;

/** All arguments of docker_container. */
export const containerArgs = {
  ...clientArgs,
  ...lifeArgs,
  ...comparisonArgs,
  ...processArgs,
  ...limitArgs,
  ...storageArgs,
  ...networkArgs,
} as const satisfies ArgSpec;

/** The validated arguments. */
export type ContainerArgs = ArgsOf<typeof containerArgs>;
