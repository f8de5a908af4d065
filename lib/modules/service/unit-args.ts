import type { ArgSpec } from '../args.js';

/** Arguments of the systemd module, as ansible.builtin.systemd has them. */
export const unitArgs = {
  name: {
    type: 'str',
    aliases: ['service', 'unit'],
    doc: 'Name of the unit; without a suffix .service is meant.',
  },
  state: {
    type: 'str',
    choices: ['reloaded', 'restarted', 'started', 'stopped'],
    doc: 'started and stopped act only when needed; reloaded starts a unit that is not running.',
  },
  enabled: { type: 'bool', doc: 'Whether it starts at boot.' },
  force: { type: 'bool', doc: 'Overwrite symlinks that are in the way.' },
  masked: { type: 'bool', doc: 'Whether it is impossible to start.' },
  daemon_reload: {
    type: 'bool',
    default: false,
    aliases: ['daemon-reload'],
    doc: 'Read all unit files again before anything else.',
  },
  daemon_reexec: {
    type: 'bool',
    default: false,
    aliases: ['daemon-reexec'],
    doc: 'Start the manager again before anything else.',
  },
  scope: {
    type: 'str',
    default: 'system',
    choices: ['system', 'user', 'global'],
    doc: 'The manager: of the system, of the task user, or the defaults of all users.',
  },
  no_block: { type: 'bool', default: false, doc: 'Do not wait until the operation is finished.' },
} as const satisfies ArgSpec;
