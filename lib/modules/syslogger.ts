import { defineModule } from './module.js';
import { change, skipped } from './plan.js';
import { complaint } from './program.js';

const FACILITIES = [
  ...(['kern', 'user', 'mail', 'daemon', 'auth', 'lpr', 'news', 'uucp', 'cron', 'syslog'] as const),
  ...(['local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7'] as const),
] as const;

/** Writes a line into the node's log. */
export const syslogger = defineModule({
  name: 'syslogger',
  collection: 'community.general',
  summary: "Writes a message into the node's log.",
  args: {
    msg: { type: 'str', required: true, doc: 'The message.' },
    priority: {
      type: 'str',
      default: 'info',
      choices: ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'],
      doc: 'How urgent it is.',
    },
    facility: {
      type: 'str',
      default: 'daemon',
      choices: FACILITIES,
      doc: 'What part of the system it is from.',
    },
    log_pid: { type: 'bool', default: false, doc: 'Put the number of the process behind the name.' },
    ident: { type: 'str', default: 'ansible_syslogger', doc: 'The name that it is logged under.' },
  },
  returns: {
    ident: 'as given',
    priority: 'as given',
    facility: 'as given',
    log_pid: 'as given',
    msg: 'as given',
  },
  examples: `
- name: The log tells who changed the release
  community.general.syslogger:
    msg: release 1.4.2 is installed
    ident: provisioning
`,
  queries: () => ({}),
  plan: (a, _, info) => {
    if (info.check) return skipped('remote module (syslogger) does not support check mode');
    const { ident, priority, facility, log_pid, msg } = a;
    const words = ['-t', ident, '-p', `${facility}.${priority}`, '--', msg];
    // The shell's number is that of the process: logger itself is gone when somebody looks.
    const script = `exec logger ${log_pid ? '--id=$$' : ''} "$@"`;
    return change('a message is logged', [{ kind: 'run', argv: ['sh', '-c', script, 'sh', ...words] }], {
      result: { ident, priority, facility, log_pid, msg },
      explain: (__, outcome) => `Failed to write to syslog ${complaint(outcome)}`,
    });
  },
});
