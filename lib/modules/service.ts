import { readScript, unit } from '../node/queries/query.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed } from './plan.js';
import { enabledQuery, planUnit } from './service/plan-unit.js';
import { unitArgs } from './service/unit-args.js';
import { planSysvinit, stateScript, sysvinitArgs } from './sysvinit/plan-sysvinit.js';

const args = {
  ...unitArgs,
  name: { ...unitArgs.name, required: true },
  sleep: { ...sysvinitArgs.sleep, doc: 'Seconds between stop and start; systemd needs none.' },
  pattern: { ...sysvinitArgs.pattern, doc: 'What ps shows of a running service; systemd needs none.' },
  runlevels: { ...sysvinitArgs.runlevels, doc: 'Runlevels of an init script.' },
  daemonize: { ...sysvinitArgs.daemonize, doc: 'An init script stays in the foreground.' },
  runlevel: { type: 'str', default: 'default', doc: 'Runlevel of OpenRC; systemd has none.' },
  arguments: { type: 'str', default: '', aliases: ['args'], doc: 'Arguments of an init script.' },
  use: { type: 'str', default: 'auto', doc: 'systemd (auto), or sysvinit for init scripts.' },
} as const satisfies ArgSpec;
type Wish = ArgsOf<typeof args>;

const SYSTEMD = ['auto', 'systemd', 'service'];

/** The name of a service manager without its collection. */
const manager = (use: string): string => use.replace(/^ansible\.(builtin|legacy)\./, '');

function wantsInit({ use }: Wish): boolean {
  return manager(use) === 'sysvinit';
}

/** Controls services by the node's service manager, which is systemd. */
export const service = defineModule({
  name: 'service',
  summary: 'Starts, stops and enables services',
  args,
  backends: (use) =>
    SYSTEMD.includes(manager(use || 'auto')) ? ['systemd', 'systemd_service'] : [manager(use)],
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
  queries: (wish) => ({
    init: wantsInit(wish) ? readScript(stateScript(wish)) : undefined,
    unit: wantsInit(wish) ? undefined : unit(wish.name, wish.scope === 'global' ? 'system' : wish.scope),
  }),
  more: (wish, answers) => (wantsInit(wish) ? undefined : enabledQuery(wish, answers)),
  plan: (wish, { init, ...answers }, info) => {
    if (init) return planSysvinit(wish, init, info);
    return SYSTEMD.includes(manager(wish.use))
      ? planUnit(wish, answers, mayComeLater(info))
      : failed(`Could not find the requested service manager '${wish.use}': the node's is systemd`);
  },
});
