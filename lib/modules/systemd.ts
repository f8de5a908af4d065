import { read, unit } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { enabledQuery, planUnit } from './service/plan-unit.js';
import { unitArgs } from './service/unit-args.js';

/** Controls units of systemd: running, enabled, masked, and the manager's own reload. */
export const systemd = defineModule({
  name: 'systemd',
  aliases: ['systemd_service'],
  summary: 'Controls systemd units',
  args: unitArgs,
  rules: {
    requiredOneOf: [['state', 'enabled', 'masked', 'daemon_reload', 'daemon_reexec']],
    requiredBy: { state: ['name'], enabled: ['name'], masked: ['name'] },
  },
  returns: {
    name: 'name of the unit',
    enabled: 'whether it is enabled, when that was asked for',
    state: 'started or stopped, when that was asked for',
    status: 'the properties that systemctl show printed before',
  },
  examples: `
- name: The new unit runs and starts at boot
  systemd:
    name: ffe
    state: started
    enabled: true
    daemon_reload: true
`,
  queries: (args) => ({
    unit: args.name === undefined || args.scope === 'global' ? undefined : unit(args.name, args.scope),
    enabled:
      args.name !== undefined && args.scope === 'global'
        ? read(['systemctl', '--global', 'is-enabled', args.name])
        : undefined,
  }),
  more: (args, answers) => enabledQuery(args, answers),
  plan: (args, answers, info) => planUnit(args, answers, mayComeLater(info)),
});
