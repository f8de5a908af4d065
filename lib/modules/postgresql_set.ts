import { defineModule } from './module.js';
import { ask } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { planSetting, settingSelects } from './postgresql/plan-setting.js';

/** Changes parameters of the server by ALTER SYSTEM. */
export const postgresqlSet = defineModule({
  name: 'postgresql_set',
  collection: 'community.postgresql',
  summary: 'Changes a parameter of a PostgreSQL server.',
  args: {
    ...loginArgs,
    ...sessionArgs,
    db: { type: 'str', aliases: ['login_db'], doc: 'The database to connect to.' },
    name: { type: 'str', required: true, doc: 'The parameter, as shared_buffers.' },
    value: { type: 'str', doc: 'Its value; default takes away what was set so.' },
    reset: { type: 'bool', default: false, doc: 'Give it the value it has without any setting.' },
  },
  returns: {
    name: 'the parameter',
    prev_val_pretty: 'the value before',
    value_pretty: 'the value that is wished',
    value: 'value and unit; sizes in bytes',
    context: 'when it takes effect',
    restart_required: 'whether the server has to be restarted for it',
  },
  examples: `
- name: More memory for sorting
  postgresql_set:
    name: work_mem
    value: 16MB
`,
  queries: (a) => ({ now: ask(a, a.db, settingSelects(a.name)) }),
  plan: (a, { now }, info) => planSetting(a, now, info),
});
