import { readScript } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { planSysvinit, stateScript, sysvinitArgs } from './sysvinit/plan-sysvinit.js';

/** Starts, stops and enables services of System V's init. */
export const sysvinit = defineModule({
  name: 'sysvinit',
  summary: 'Starts, stops and enables services by their init scripts.',
  args: sysvinitArgs,
  rules: { requiredOneOf: [['state', 'enabled']] },
  returns: {
    name: 'the service',
    status: 'what was done, by state and enabled: changed, rc, stdout, stderr',
  },
  examples: `
- name: The old daemon runs
  sysvinit:
    name: ffe-daemon
    state: started
    enabled: true
`,
  queries: (a) => ({ seen: readScript(stateScript(a)) }),
  plan: (a, { seen }, info) => planSysvinit(a, seen, info),
});
