import type { ArgSpec, ArgsOf } from '../args.js';

/** What pip takes. */
export const pipArgs = {
  name: {
    type: 'list',
    elements: 'str',
    doc: 'Packages, with versions as pip has them (django>=4,<5), or URLs.',
  },
  version: { type: 'str', doc: 'The version of the one package.' },
  requirements: { type: 'str', doc: 'A file of the node that lists packages.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'forcereinstall', 'latest', 'present'],
    doc: 'Whether they are installed, and how new.',
  },
  virtualenv: { type: 'path', doc: 'The environment to install into; it is made when it is not there.' },
  virtualenv_command: {
    type: 'path',
    default: 'virtualenv',
    doc: 'What makes an environment, with its options: python3 -m venv, for example.',
  },
  virtualenv_python: { type: 'str', doc: "The environment's python; only for virtualenv itself." },
  virtualenv_site_packages: {
    type: 'bool',
    default: false,
    doc: "The environment sees the system's packages, too.",
  },
  executable: { type: 'path', doc: 'Which pip: a path, or a name such as pip3.11; not with virtualenv.' },
  extra_args: { type: 'str', doc: 'Further options of pip.' },
  editable: { type: 'bool', default: false, doc: 'Installs from where the sources are, with -e.' },
  chdir: { type: 'path', doc: 'The folder that pip runs in.' },
  umask: { type: 'str', doc: 'Octal umask for what is installed.' },
} as const satisfies ArgSpec;

/** Those arguments, checked. */
export type PipArgs = ArgsOf<typeof pipArgs>;
