import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { ask, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { literal } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

/** Makes and drops replication slots. */
export const postgresqlSlot = defineModule({
  name: 'postgresql_slot',
  collection: 'community.postgresql',
  summary: 'Makes and drops replication slots of a PostgreSQL server.',
  args: {
    ...loginArgs,
    ...sessionArgs,
    db: { type: 'str', aliases: ['login_db'], doc: 'The database that a logical slot is for.' },
    name: { type: 'str', required: true, aliases: ['slot_name'], doc: 'The slot.' },
    slot_type: { type: 'str', default: 'physical', choices: ['logical', 'physical'], doc: 'Its kind.' },
    immediately_reserve: { type: 'bool', default: false, doc: 'A physical slot keeps the log from now on.' },
    output_plugin: { type: 'str', default: 'test_decoding', doc: 'What decodes the log for a logical slot.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  },
  returns: { name: 'the slot', queries: 'the statements' },
  examples: `
- name: A slot for the standby
  postgresql_slot:
    name: standby1
`,
  queries: (a) => ({
    now: ask(a, a.db, {
      slot: `SELECT slot_type FROM pg_replication_slots WHERE slot_name = ${literal(a.name)}`,
    }),
  }),
  plan: (a, { now }, info) => {
    const refused = distrusted(a, []);
    if (refused) return refused;
    if (a.immediately_reserve && a.slot_type === 'logical')
      return failed('Module parameters immediately_reserve and slot_type=logical are mutually exclusive');
    const { rows, plan } = told<'slot'>(now, info);
    if (!rows) return plan;
    const kind = rows.slot[0]?.slot_type;
    const wish = { login: a, db: a.db, single: true };
    const fields = (queries: string[]) => ({ name: a.name, queries });
    if (a.state === 'absent') {
      const statements = kind ? [`SELECT pg_drop_replication_slot(${literal(a.name)})`] : [];
      return planStatements({
        ...wish,
        fields,
        statements,
        reason: kind ? 'the slot goes away' : 'there is no such slot',
      });
    }
    if (kind === a.slot_type) return ok('the slot is there', fields([]));
    if (kind) {
      const warnings = [`slot with name '${a.name}' already exists but has another type '${String(kind)}'`];
      return ok('the slot has another type', { ...fields([]), warnings });
    }
    const more = a.slot_type === 'physical' ? String(a.immediately_reserve) : literal(a.output_plugin);
    const make = `SELECT pg_create_${a.slot_type}_replication_slot(${literal(a.name)}, ${more})`;
    return planStatements({ ...wish, fields, statements: [make], reason: 'a new slot' });
  },
});
