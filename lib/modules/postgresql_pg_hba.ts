import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { byteText } from './edit/bytes.js';
import { editQueries, planEdit } from './edit/plan-edit.js';
import { fileArgs } from './file-attributes.js';
import { defineModule } from './module.js';
import { failed, type Plan } from './plan.js';
import {
  changedHba,
  hbaResult,
  readHba,
  renderHba,
  sameHba,
  type Wished,
  wishedRules,
} from './postgresql/edit-hba.js';
import { CONTYPES, METHODS } from './postgresql/hba-rule.js';

const one = {
  address: {
    type: 'str',
    default: 'samehost',
    aliases: ['source', 'src'],
    doc: 'Where connections come from.',
  },
  comment: { type: 'str', doc: 'What stands behind the rule after a number sign.' },
  contype: {
    type: 'str',
    choices: [...CONTYPES],
    doc: 'The kind of connection; without it no rule is touched.',
  },
  databases: { type: 'str', default: 'all', doc: 'The databases, with commas; a rule for each.' },
  method: { type: 'str', default: 'md5', choices: [...METHODS], doc: 'How it is authenticated.' },
  netmask: { type: 'str', doc: 'The mask of the address.' },
  options: { type: 'str', doc: 'Options of the method.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether the rule is there.',
  },
  users: { type: 'str', default: 'all', doc: 'The roles, with commas; a rule for each.' },
} as const satisfies ArgSpec;

const args = {
  ...one,
  dest: { type: 'path', required: true, doc: 'The file.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  backup_file: { type: 'str', doc: 'The name of that copy.' },
  create: { type: 'bool', default: false, doc: 'Make the file when it does not exist.' },
  order: {
    type: 'str',
    default: 'sdu',
    choices: ['sdu', 'sud', 'dsu', 'dus', 'usd', 'uds'],
    doc: 'Has no effect: rules go by source, database and user.',
  },
  keep_comments_at_rules: { type: 'bool', default: false, doc: 'Comments behind rules stay there.' },
  rules: { type: 'list', elements: 'dict', doc: 'Several rules, each with the arguments of one.' },
  rules_behavior: {
    type: 'str',
    default: 'conflict',
    choices: ['conflict', 'combine'],
    doc: 'Whether arguments beside rules are refused, or are the defaults of each.',
  },
  overwrite: { type: 'bool', default: false, doc: 'Rules that are not named go away.' },
  ...fileArgs,
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const NAMES = Object.keys(one) as (keyof typeof one)[];
const usual = (name: keyof typeof one) => ('default' in one[name] ? one[name].default : undefined);

/** The arguments of each rule, or why they contradict each other. */
function given(a: Args): JsonObject[] | { failed: string } {
  const beside = Object.fromEntries(NAMES.map((n) => [n, a[n] ?? null]));
  if (a.rules === undefined) return [beside];
  const used = NAMES.filter((n) => (a[n] ?? undefined) !== usual(n));
  if (a.rules_behavior === 'conflict' && used.length)
    return {
      failed: `conflict: either argument "rules_behavior" needs to be changed or "rules" must not be set or ${used.join(', ')} must not be set`,
    };
  return a.rules.map(({ source, src, ...rule }) => {
    const address = source ?? src;
    return { ...beside, ...(address === undefined ? {} : { address }), ...rule };
  });
}

function wishes(a: Args): Wished[] | { failed: string } {
  const rules = given(a);
  if ('failed' in rules) return rules;
  const lists = rules.filter((r) => r.contype !== undefined && r.contype !== null).map(wishedRules);
  const bad = lists.find((l) => 'failed' in l);
  return bad && 'failed' in bad ? bad : (lists as Wished[][]).flat();
}

/** A plan that first copies the file to a place of its own. */
function copiedFirst(plan: Plan, dest: string, backup_file: string): Plan {
  if (plan.kind !== 'change') return plan;
  const copy = {
    kind: 'copy',
    from: dest,
    path: backup_file,
    expect: { state: 'any' },
    preserve: true,
  } as const;
  const { after } = plan;
  return {
    ...plan,
    actions: [copy, ...plan.actions],
    result: { ...plan.result, backup_file },
    ...(after ? { after: (outcomes) => after(outcomes.slice(1)) } : {}),
  };
}

/** Keeps the rules of pg_hba.conf. */
export const postgresqlPgHba = defineModule({
  name: 'postgresql_pg_hba',
  collection: 'community.postgresql',
  summary: 'Adds, changes and removes rules of pg_hba.conf.',
  args,
  returns: {
    msgs: 'what was done with which rule',
    pg_hba: 'the rules, by type, db, usr, src, method and options',
    backup_file: 'the copy that was kept',
  },
  examples: `
- name: The application comes from its network
  postgresql_pg_hba:
    dest: /etc/postgresql/15/main/pg_hba.conf
    contype: hostssl
    databases: acme
    users: app
    source: 10.0.0.0/24
    method: scram-sha-256
`,
  queries: (a) => editQueries({ ...a, path: a.dest }),
  plan: (a, answers, info) => {
    const wished = wishes(a);
    if ('failed' in wished) return failed(wished.failed);
    const before = readHba(
      answers.file.exists ? byteText(answers.file.content ?? new Uint8Array()) : '',
      a.keep_comments_at_rules,
    );
    if ('failed' in before) return failed(before.failed);
    const after = changedHba(before, wished, a.overwrite);
    const msgs = wished.map(
      ({ rule, present }) => `${present ? 'Adding' : 'Removing'} rule ${JSON.stringify(rule)}`,
    );
    const style = {
      absentMsg: `Error writing file:\npg_hba file '${a.dest}' doesn't exist. Use create option to autocreate.`,
      backupField: 'backup_file',
      contentHeader: (p: string) => p,
    } as const;
    const pg_hba = hbaResult(after);
    const same = sameHba(before, after);
    const named = a.backup && a.backup_file && answers.file.exists ? a.backup_file : undefined;
    const edited = { ...a, path: a.dest, backup: a.backup && named === undefined };
    const plan = planEdit(edited, answers, info, style, () =>
      same
        ? { ok: { msgs, pg_hba } }
        : {
            text: renderHba(after),
            msg: 'Changed',
            result: { msgs: [...msgs, 'Changed', 'Writing'], pg_hba },
          },
    );
    return named === undefined || same ? plan : copiedFirst(plan, a.dest, named);
  },
});
