import { path, type ReadAnswer, read } from '../node/queries/query.js';
import { quoteAll } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

const args = {
  path: { type: 'path', required: true, aliases: ['name'], doc: 'The file or folder.' },
  namespace: { type: 'str', default: 'user', doc: "The namespace that stands before the attribute's name." },
  key: { type: 'str', doc: 'The attribute.' },
  value: { type: 'str', doc: 'What it is set to; 0x... and 0s... are bytes in hexadecimal and base64.' },
  state: {
    type: 'str',
    default: 'read',
    choices: ['absent', 'all', 'keys', 'present', 'read'],
    doc: 'Tell its value, all values or all names; or whether it is there.',
  },
  follow: { type: 'bool', default: true, doc: 'Follow a link to what it leads to.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The whole name: with its namespace, unless it has that of users already. */
function nameOf({ key, namespace }: Args): string | undefined {
  if (key === undefined || namespace === '') return key;
  return namespace === 'user' && key.startsWith('user.') ? key : `${namespace}.${key}`;
}

function getting(a: Args): string[] {
  const name = nameOf(a);
  const what = name === undefined ? ['-d'] : ['-n', name];
  const which = a.state === 'keys' && a.value === undefined ? [] : what;
  return ['getfattr', '--absolute-names', ...(a.follow ? [] : ['-h']), ...which, '--', a.path];
}

function setting(a: Args, words: readonly string[]) {
  const line = quoteAll(['setfattr', ...(a.follow ? [] : ['-h']), ...words, '--', a.path]);
  return [{ kind: 'run', script: line } as const];
}

/** The attributes that getfattr prints, a line each. */
function attributes(answer: ReadAnswer): Record<string, string> {
  const lines = printed(answer)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const pairs = lines.map((line) => /^([^=]+)(?:=(.*))?$/s.exec(line) ?? [line, line]);
  return Object.fromEntries(pairs.map(([, name, value = '']) => [name!, value.replace(/^"(.*)"$/s, '$1')]));
}

/** The bytes of a value as getfattr prints it and setfattr takes it (setfattr(1)). */
function bytesOf(value: string): Buffer {
  if (/^0x/i.test(value)) return Buffer.from(value.slice(2), 'hex');
  if (/^0s/i.test(value)) return Buffer.from(value.slice(2), 'base64');
  const plain = value.replace(/\\([0-7]{3})|\\(.)/g, (_, octal: string | undefined, c: string) =>
    octal === undefined ? c : String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(plain);
}

/** Reads, sets and removes extended attributes of files. */
export const xattr = defineModule({
  name: 'xattr',
  collection: 'community.general',
  summary: 'Reads, sets and removes extended attributes of files.',
  args,
  returns: { msg: 'what was done', xattr: 'the attributes with their values, as they were' },
  examples: `
- name: Where it came from
  xattr:
    path: /srv/app.tar
    key: origin
    value: https://files.example.org/app.tar
`,
  queries: (a) => ({ file: path(a.path, { follow: a.follow }), now: read(getting(a)) }),
  plan: (a, { file, now }, info) => {
    const lacks = without('getfattr', 'attr', now, info);
    if (lacks) return lacks;
    if (!file.exists)
      return mayComeLater(info)
        ? change('an earlier task may make the file', [])
        : failed('path not found or not accessible!');
    const name = nameOf(a);
    if (name === undefined && (a.state === 'absent' || a.state === 'present'))
      return failed(`${a.state} needs a key parameter`);
    const found = attributes(now);
    const there = name === undefined ? undefined : found[name];
    if (name !== undefined && (a.value !== undefined || a.state === 'present')) {
      const result = { msg: `${name} set to ${a.value ?? 'None'}`, xattr: found };
      const value = a.value ?? '';
      if (there !== undefined && bytesOf(there).equals(bytesOf(value))) return ok('it has the value', result);
      return change('another value', setting(a, ['-n', name, '-v', value]), {
        result,
        explain: (_, outcome) => complaint(outcome),
      });
    }
    if (name !== undefined && a.state === 'absent') {
      const result = { msg: `${name} removed`, xattr: found };
      if (there === undefined) return ok('it is not there', result);
      return change('it goes away', setting(a, ['-x', name]), { result });
    }
    const msg = { keys: 'returning all keys', all: 'dumping all' };
    return ok('told', {
      msg: a.state === 'keys' || a.state === 'all' ? msg[a.state] : `returning ${name ?? 'None'}`,
      xattr: found,
    });
  },
});
