import type { ArgSpec } from '../args.js';
import { loginArgs, sessionArgs } from './login.js';

/** The arguments that postgresql_query and postgresql_script share. */
export const queryArgs = {
  ...loginArgs,
  ...sessionArgs,
  db: { type: 'str', aliases: ['login_db'], doc: 'The database.' },
  positional_args: { type: 'list', elements: 'raw', doc: 'The values in the places of %s.' },
  named_args: { type: 'dict', doc: 'The values in the places of %(name)s.' },
  encoding: { type: 'str', doc: 'An encoding of the client; texts are the same whatever it is.' },
  search_path: { type: 'list', elements: 'str', doc: 'Schemas that names without one are looked for in.' },
} as const satisfies ArgSpec;
