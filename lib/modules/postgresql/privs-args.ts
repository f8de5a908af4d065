import type { ArgSpec, ArgsOf } from '../args.js';
import { loginArgs, sessionArgs } from './login.js';

/** The arguments of postgresql_privs. */
export const privsArgs = {
  ...loginArgs,
  ...sessionArgs,
  database: { type: 'str', required: true, aliases: ['db', 'login_db'], doc: 'The database to connect to.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Grant, or revoke.' },
  privs: { type: 'str', aliases: ['priv'], doc: 'Privileges with commas between them, or ALL.' },
  type: {
    type: 'str',
    default: 'table',
    choices: [
      'database',
      'default_privs',
      'foreign_data_wrapper',
      'foreign_server',
      'function',
      'group',
      'language',
      'table',
      'tablespace',
      'schema',
      'sequence',
      'type',
      'procedure',
    ],
    doc: 'What the objects are; group: the roles become members of the objects.',
  },
  objs: {
    type: 'str',
    aliases: ['obj'],
    doc: 'The objects with commas between them; ALL_IN_SCHEMA; TABLES, SEQUENCES and so on for default_privs, or ALL_DEFAULT. Arguments of functions have colons between them.',
  },
  schema: {
    type: 'str',
    doc: 'The schema of the objects, public unless given; not-specified for default_privs of all.',
  },
  roles: {
    type: 'str',
    required: true,
    aliases: ['role'],
    doc: 'The roles with commas between them, or PUBLIC.',
  },
  target_roles: { type: 'str', doc: 'The roles whose future objects default_privs are about.' },
  fail_on_role: {
    type: 'bool',
    default: true,
    doc: 'Fail on roles that do not exist; else they are left out.',
  },
  grant_option: {
    type: 'bool',
    aliases: ['admin_option'],
    doc: 'Whether the roles may hand the privileges on; without it that stays as it is.',
  },
  password: { type: 'str', default: '', noLog: true, doc: 'The same as login_password.' },
  usage_on_types: { type: 'bool', default: true, doc: 'With default_privs also grant the use of types.' },
} as const satisfies ArgSpec;

/** The arguments, checked. */
export type PrivsArgs = ArgsOf<typeof privsArgs>;
