import type { Action } from '../node/actions/action.js';
import { text } from '../node/content.js';
import { type PathAnswer, path, type ReadAnswer } from '../node/queries/query.js';
import type { Json } from '../values/json.js';
import { fieldArgs, slug, stanza } from './deb822/fields.js';
import { attributeChange, NEW_FILE, newAttributes, setAttributes, WishError } from './file-attributes.js';
import { fetchText } from './http/fetch-text.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, type Diff, failed, ok, type Plan } from './plan.js';
import { probed, textOf } from './probed-file.js';
import { complaint } from './program.js';

const KEYRINGS = '/etc/apt/keyrings';
const isUrl = (value: string | undefined): value is string => /^[a-z][a-z0-9+.-]*:\/\//i.test(value ?? '');
const isArmored = (data: Buffer) => data.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----');

type Found = {
  readonly file: PathAnswer;
  readonly keys: readonly PathAnswer[];
  readonly folder: PathAnswer;
  readonly fetched?: ReadAnswer;
};
type Part = { readonly actions: readonly Action[]; readonly diff: readonly Diff[] };

function gone(files: readonly PathAnswer[]): Part {
  const there = files.filter((f) => f.exists);
  return {
    actions: there.map((f) => ({ kind: 'remove', path: f.path, recurse: false })),
    diff: there.map((f) => ({
      before: textOf(f) ?? '',
      after: '',
      beforeHeader: f.path,
      afterHeader: '/dev/null',
    })),
  };
}

/** The key that was fetched, in a file of its own. */
function keyPart(file: PathAnswer, data: Buffer, folder: PathAnswer): Part {
  const wish = { mode: 0o644 };
  const same = file.exists && file.content !== undefined && data.equals(file.content);
  if (same) return { actions: setAttributes(file.path, attributeChange(wish, file)), diff: [] };
  const make: Action[] = folder.exists
    ? []
    : [{ kind: 'mkdir', path: KEYRINGS, parents: true, attributes: { mode: 0o755 } }];
  const write: Action = {
    kind: 'write',
    path: file.path,
    content: { kind: 'bytes', data },
    expect: probed(file),
    attributes: wish,
  };
  return { actions: [...make, write], diff: [{ before: { key: file.exists }, after: { key: file.path } }] };
}

function filePart(file: PathAnswer, after: string, mode: Json): Part {
  const before = textOf(file) ?? '';
  if (file.exists && before === after) {
    const own = attributeChange({ mode }, file);
    return {
      actions: setAttributes(file.path, own),
      diff: own.changed ? [{ before: own.before, after: own.after }] : [],
    };
  }
  const attributes = newAttributes({ mode }, NEW_FILE);
  const write: Action = {
    kind: 'write',
    path: file.path,
    content: text(after),
    expect: probed(file),
    attributes,
  };
  const beforeHeader = file.exists ? file.path : '/dev/null';
  return { actions: [write], diff: [{ before, after, beforeHeader, afterHeader: file.path }] };
}

function settle(parts: readonly Part[], result: Record<string, Json>): Plan {
  const actions = parts.flatMap((p) => p.actions);
  if (actions.length === 0) return ok('the repository is as wished', result);
  return change('the repository changes', actions, { result, diff: parts.flatMap((p) => p.diff) });
}

type Wish = { readonly signed_by?: string; readonly state: string; readonly mode: Json } & Readonly<
  Record<string, Json | undefined>
>;

function plan(a: Wish, { file, keys, folder, fetched }: Found, later: boolean): Plan {
  if (a.state === 'absent')
    return settle([gone([file, ...keys])], {
      repo: null,
      dest: file.path,
      key_filename: keys[1]?.path ?? null,
    });
  if (fetched && fetched.rc !== 0 && !later)
    return failed(`Could not fetch signed_by key: ${complaint(fetched)}`);
  const key = fetched ? keys[isArmored(fetched.stdout) ? 0 : 1] : undefined;
  const named = a.signed_by?.startsWith('/') ? a.signed_by : undefined;
  const repo = stanza({ ...a, signed_by: key?.path ?? a.signed_by });
  const parts = [
    ...(key && fetched ? [keyPart(key, fetched.stdout, folder)] : []),
    filePart(file, repo, a.mode),
  ];
  return settle(parts, { repo, dest: file.path, key_filename: key?.path ?? named ?? null });
}

/** Adds and removes repositories of apt as stanzas, with the keys that sign them. */
export const deb822Repository = defineModule({
  name: 'deb822_repository',
  summary: 'Add and remove deb822 formatted repositories',
  args: {
    ...fieldArgs,
    mode: { type: 'raw', default: '0644', doc: 'Permissions of the file.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
    install_python_debian: { type: 'bool', default: false, doc: 'Has no effect: no Python is needed.' },
  },
  returns: { repo: 'the stanza', dest: 'the file', key_filename: 'the file with the key' },
  examples: `
- name: Our own packages
  deb822_repository:
    name: ffe
    uris: https://apt.example.net/debian
    suites: bookworm
    components: main
    signed_by: https://apt.example.net/key.asc
`,
  queries: (a) => ({
    file: path(`/etc/apt/sources.list.d/${slug(a.name)}.sources`, { content: true }),
    keys: ['asc', 'gpg'].map((end) => path(`${KEYRINGS}/${slug(a.name)}.${end}`, { content: true })),
    folder: path(KEYRINGS, { follow: true }),
    fetched: a.state === 'present' && isUrl(a.signed_by) ? fetchText(a.signed_by, true) : undefined,
  }),
  plan: (a, found, info) => {
    try {
      return plan(a, found, mayComeLater(info));
    } catch (error) {
      if (error instanceof WishError) return failed(error.message);
      throw error;
    }
  },
});
