import { unit } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed } from './plan.js';
import { enabledQuery, planUnit } from './service/plan-unit.js';
import { unitArgs } from './service/unit-args.js';

/** Controls services by the node's service manager, which is systemd. */
export const service = defineModule({
  name: 'service',
  summary: 'Starts, stops and enables services',
  args: {
    ...unitArgs,
    name: { ...unitArgs.name, required: true },
    sleep: { type: 'int', doc: 'Seconds between stop and start; systemd needs none.' },
    pattern: { type: 'str', doc: 'What ps shows of a running service; systemd needs none.' },
    runlevel: { type: 'str', default: 'default', doc: 'Runlevel of OpenRC; systemd has none.' },
    arguments: { type: 'str', default: '', aliases: ['args'], doc: 'Arguments of an init script.' },
    use: { type: 'str', default: 'auto', doc: 'The service manager; nodes have systemd.' },
  },
  returns: {
    name: 'name of the service',
    enabled: 'whether it is enabled, when that was asked for',
    state: 'started or stopped, when that was asked for',
    status: 'the properties that systemctl show printed before',
  },
  examples: `
- name: cron runs and starts at boot
  service:
    name: cron
    state: started
    enabled: true
`,
  queries: (args) => ({ unit: unit(args.name, args.scope === 'global' ? 'system' : args.scope) }),
  more: (args, answers) => enabledQuery(args, answers),
  plan: (args, answers, info) =>
    ['auto', 'systemd', 'service', 'ansible.builtin.systemd'].includes(args.use)
      ? planUnit(args, answers, mayComeLater(info))
      : failed(`Could not find the requested service manager '${args.use}': the node's is systemd`),
});
