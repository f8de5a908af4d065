import { getent as getentQuery } from '../node/queries/query.js';
import type { Json, JsonObject } from '../values/json.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';

const COLON = ['passwd', 'shadow', 'group', 'gshadow'];
const REFUSALS: Readonly<Record<number, string>> = {
  1: 'Missing arguments, or database unknown.',
  2: 'One or more supplied key could not be found in the database.',
  3: 'Enumeration not supported on this database.',
};

/** Records by their first field; one that comes several times is a list of records. */
function records(lines: readonly string[], split: string | undefined): JsonObject {
  const groups = new Map<string, string[][]>();
  for (const line of lines) {
    const [key = '', ...rest] = split === undefined ? line.trim().split(/\s+/) : line.split(split);
    groups.set(key, [...(groups.get(key) ?? []), rest]);
  }
  return Object.fromEntries(
    [...groups].map(([key, all]): [string, Json] => [key, all.length > 1 ? all : all[0]!]),
  );
}

/** Looks something up in the node's name service databases. */
export const getent = defineModule({
  name: 'getent',
  summary: 'Reads entries of passwd, group, hosts and the other databases of getent.',
  args: {
    database: { type: 'str', required: true, doc: 'The database: passwd, group, hosts, services ...' },
    key: { type: 'str', doc: 'Key to look for; default: everything.' },
    service: { type: 'str', doc: 'Ask only this service.' },
    split: { type: 'str', doc: 'What separates fields; default: a colon or blanks, as the database has it.' },
    fail_key: { type: 'bool', default: true, doc: 'Fail when the key is not there.' },
  },
  returns: { ansible_facts: 'getent_DATABASE: a dict of records by key' },
  examples: `
- name: Who is root
  getent:
    database: passwd
    key: root
`,
  queries: (args) => ({ found: getentQuery(args.database, args.key, args.service) }),
  plan: (args, { found }) => {
    const name = `getent_${args.database}`;
    const split = args.split ?? (COLON.includes(args.database) ? ':' : undefined);
    const facts = (value: JsonObject) => ({ ansible_facts: { [name]: value } });
    if (found.rc === 0) return ok('database was read', facts(records(found.lines, split)));
    const msg = REFUSALS[found.rc] ?? 'Unexpected failure!';
    if (found.rc === 2 && !args.fail_key)
      return ok('key is not there', { ...facts({ [args.key ?? '']: null }), msg });
    return failed(msg);
  },
});
