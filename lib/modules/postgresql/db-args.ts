import type { ArgSpec, ArgsOf } from '../args.js';
import { loginArgs, sessionArgs } from './login.js';

/** The arguments of postgresql_db. */
export const dbArgs = {
  ...loginArgs,
  ...sessionArgs,
  name: { type: 'str', required: true, aliases: ['db'], doc: 'The database.' },
  owner: { type: 'str', default: '', doc: 'The role that owns it.' },
  template: { type: 'str', default: '', doc: 'What a new one is copied from.' },
  encoding: { type: 'str', default: '', doc: 'Its encoding, as UTF8; never changed afterwards.' },
  lc_collate: { type: 'str', default: '', doc: 'How texts are sorted; never changed afterwards.' },
  lc_ctype: { type: 'str', default: '', doc: 'How characters are classified; never changed afterwards.' },
  conn_limit: { type: 'str', default: '', doc: 'How many connections it takes; -1 for any number.' },
  tablespace: { type: 'path', default: '', doc: 'The tablespace of its objects.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'dump', 'present', 'rename', 'restore'],
    doc: 'Whether it is there; or dump it to target, restore it from there, rename it so.',
  },
  target: {
    type: 'path',
    default: '',
    doc: 'The file or folder of a dump, its kind told by .sql, .tar, .pgc, .dir, or .gz, .bz2, .xz after .sql; the new name.',
  },
  target_opts: { type: 'str', default: '', doc: 'Further words for pg_dump, pg_restore or psql.' },
  dump_extra_args: { type: 'str', doc: 'Further words for pg_dump.' },
  maintenance_db: { type: 'str', default: 'postgres', doc: 'The database to connect to meanwhile.' },
  force: { type: 'bool', default: false, doc: 'Drop it also while others are connected.' },
} as const satisfies ArgSpec;

/** The arguments, checked. */
export type DbArgs = ArgsOf<typeof dbArgs>;
