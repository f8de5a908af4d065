import type { ArgSpec, ArgsOf } from '../args.js';
import { loginArgs, sessionArgs } from './login.js';

/** The arguments of postgresql_user. */
export const userArgs = {
  ...loginArgs,
  ...sessionArgs,
  name: { type: 'str', required: true, aliases: ['user'], doc: 'The role.' },
  password: {
    type: 'str',
    noLog: true,
    doc: 'Its password, plain or as the server keeps it; an empty one takes it away. Plain ones are hashed before they are sent.',
  },
  db: { type: 'str', default: '', aliases: ['login_db'], doc: 'The database that `priv` is about.' },
  fail_on_user: {
    type: 'bool',
    default: true,
    aliases: ['fail_on_role'],
    doc: 'Fail when the role cannot be dropped, because it still owns something.',
  },
  priv: {
    type: 'str',
    doc: 'Privileges, as CONNECT/products:SELECT,INSERT; postgresql_privs does it better.',
  },
  role_attr_flags: {
    type: 'str',
    default: '',
    doc: 'Attributes with commas between them, as CREATEDB,NOSUPERUSER.',
  },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether the role is there.',
  },
  encrypted: { type: 'bool', default: true, doc: 'The server keeps a hash; newer ones always do.' },
  expires: { type: 'str', doc: 'When the password ends to be valid; infinity for never.' },
  no_password_changes: {
    type: 'bool',
    default: false,
    doc: 'Look at the attributes only, of a role that is there.',
  },
  conn_limit: { type: 'int', doc: 'How many connections it may have; -1 for any number.' },
  groups: { type: 'list', elements: 'str', doc: 'Roles that it becomes a member of.' },
  comment: { type: 'str', doc: 'The comment on it.' },
} as const satisfies ArgSpec;

/** The arguments, checked. */
export type UserArgs = ArgsOf<typeof userArgs>;
