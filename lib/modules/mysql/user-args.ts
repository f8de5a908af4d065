import type { ArgSpec } from '../args.js';
import { mysqlLoginArgs } from './session.js';

/** The arguments of mysql_user. */
export const mysqlUserArgs = {
  ...mysqlLoginArgs,
  name: { type: 'str', required: true, aliases: ['user'], doc: 'The user.' },
  host: { type: 'str', default: 'localhost', doc: 'The host that it comes from.' },
  host_all: { type: 'bool', default: false, doc: 'The user from whatever host it is known to come from.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  password: { type: 'str', noLog: true, doc: 'The password, for mysql_native_password.' },
  encrypted: { type: 'bool', default: false, doc: 'The password is its hash already.' },
  update_password: {
    type: 'str',
    default: 'always',
    choices: ['always', 'on_create', 'on_new_username'],
    doc: 'When the password is set; on_new_username takes that of the same name from another host.',
  },
  plugin: { type: 'str', doc: 'The plug-in by which the user proves who it is.' },
  plugin_hash_string: { type: 'str', noLog: true, doc: 'What the plug-in keeps.' },
  plugin_auth_string: { type: 'str', noLog: true, doc: 'What the plug-in makes its hash of.' },
  priv: { type: 'raw', doc: 'Privileges: db.table:SELECT,INSERT/other.*:ALL, or a dict.' },
  append_privs: { type: 'bool', default: false, doc: 'Keep the privileges that are not named.' },
  subtract_privs: { type: 'bool', default: false, doc: 'Take the named ones away.' },
  tls_requires: {
    type: 'dict',
    doc: 'What connections must prove: SSL, X509, or CIPHER, ISSUER and SUBJECT.',
  },
  resource_limits: { type: 'dict', doc: 'Limits, such as MAX_USER_CONNECTIONS.' },
  sql_log_bin: { type: 'bool', default: true, doc: 'Tell replicas.' },
  session_vars: { type: 'dict', doc: 'Variables of the session that are set before.' },
  force_context: { type: 'bool', default: false, doc: 'Work in the database mysql.' },
} as const satisfies ArgSpec;
