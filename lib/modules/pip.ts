import { defineModule } from './module.js';
import { pipInstall } from './pip/install.js';
import { pipArgs } from './pip/pip-args.js';
import { stepping } from './steps.js';

/** Installs packages of Python. */
export const pip = defineModule({
  name: 'pip',
  summary:
    'Installs, updates and removes packages of Python, in an environment of their own or in the system.',
  args: pipArgs,
  rules: {
    requiredOneOf: [['name', 'requirements']],
    mutuallyExclusive: [
      ['name', 'requirements'],
      ['executable', 'virtualenv'],
    ],
  },
  returns: {
    cmd: 'the call of pip',
    name: 'the packages, as given',
    requirements: 'the file, as given',
    version: 'the version, as given',
    virtualenv: 'the environment',
    stdout: 'what was printed',
    stderr: 'what was complained about',
  },
  examples: `
- name: The exporter has an environment of its own
  pip:
    name: prometheus-client==0.20.0
    virtualenv: /opt/exporter
    virtualenv_command: python3 -m venv
`,
  check: 'handled',
  run: (info) => stepping(() => pipInstall(info, info.args)),
});
