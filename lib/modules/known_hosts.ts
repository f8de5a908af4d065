import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { text } from '../node/content.js';
import { type PathAnswer, path } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { splitLines } from './edit/lines.js';
import { pathFields } from './file-attributes.js';
import { hashedName, names, parseKey, sameKey } from './known-hosts/lines.js';
import { defineModule, type PlanInfo } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok, type Plan } from './plan.js';
import { probed, textOf } from './probed-file.js';

const args = {
  name: { type: 'str', required: true, aliases: ['host'], doc: 'The host, or [host]:port.' },
  key: { type: 'str', doc: 'The line to have: names, type and key. Needed to add one.' },
  path: { type: 'path', default: '~/.ssh/known_hosts', doc: 'The file.' },
  hash_host: { type: 'bool', default: false, doc: 'Write the name as a hash.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether the key is known.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The salt follows from the key, so that a plan says the same each time. */
function hashed(host: string, line: string): string {
  const salt = createHash('sha1').update(`${host} ${line}`).digest();
  const words = line.trim().split(/\s+/);
  return words.with(words[0]!.startsWith('@') ? 1 : 0, hashedName(host, salt)).join(' ');
}

type Search = { readonly found: boolean; readonly replace: boolean; readonly at?: number };

function search(lines: readonly string[], host: string, key: string | undefined): Search {
  const hits = [...lines.entries()].filter(([, line]) => {
    const known = parseKey(line);
    return known !== undefined && names(known.host, host);
  });
  if (hits.length === 0) return { found: false, replace: false };
  const fresh = key === undefined ? undefined : parseKey(key);
  if (!fresh) return { found: true, replace: false };
  for (const [at, line] of hits) {
    const known = parseKey(line)!;
    if (sameKey(known, fresh)) return { found: true, replace: false, at };
    if (known.type === fresh.type) return { found: true, replace: true, at };
  }
  return { found: true, replace: true };
}

function refusal(a: Args, host: string, key: string | undefined): string | undefined {
  if (key === undefined) return a.state === 'present' ? 'No key specified when adding a host' : undefined;
  if (/\S+\s*,\s*/.test(host))
    return 'Comma separated list of names is not supported. Please pass a single name to lookup in the known_hosts file.';
  const known = parseKey(key);
  if (!known || !names(known.host, host))
    return 'Host parameter does not match hashed host field in supplied key';
  return undefined;
}

function rewritten(lines: readonly string[], a: Args, host: string, key: string | undefined, s: Search) {
  if (a.state === 'absent' && key === undefined)
    return lines.filter((line) => !names(parseKey(line)?.host ?? '', host));
  const kept = lines.filter((_, i) => i !== s.at || (a.state === 'present' && !s.replace));
  if (a.state === 'absent') return kept;
  const last = kept.at(-1);
  const ended = last === undefined || last.endsWith('\n') ? kept : kept.with(-1, `${last}\n`);
  return [...ended, `${key?.replace(/\n$/, '')}\n`];
}

function plan(a: Args, { file, folder }: { file: PathAnswer; folder: PathAnswer }, info: PlanInfo): Plan {
  const host = a.name.toLowerCase();
  const key = a.key && a.hash_host ? hashed(host, a.key) : a.key || undefined;
  const refused = refusal(a, host, key);
  if (refused !== undefined) return failed(refused);
  const before = file.exists ? textOf(file) : '';
  if (before === undefined) return failed(`Failed to read ${a.path}: it is not text`);
  const lines = splitLines(before);
  const s = search(lines, host, key);
  const { name, path: at, hash_host, state } = a;
  const result: JsonObject = { name, key: a.key ?? null, path: at, hash_host };
  const present = state === 'present';
  const beforeHeader = file.exists ? at : '/dev/null';
  const idle = present ? s.found && !s.replace : !s.found || (key !== undefined && s.at === undefined);
  if (idle) {
    const diff = { before, after: before, before_header: beforeHeader, after_header: at };
    return ok(present ? 'key is known' : 'key is not known', { ...result, diff });
  }
  if (!folder.exists && !mayComeLater(info))
    return failed(`Failed to write to file ${at}: there is no folder ${dirname(at)}`, result);
  const after = rewritten(lines, a, host, key, s).join('');
  const attributes = file.exists ? undefined : { mode: 0o644 };
  return change(
    present ? 'key is added' : 'key is removed',
    [{ kind: 'write', path: at, content: text(after), expect: probed(file), attributes }],
    { result, diff: [{ before, after, beforeHeader, afterHeader: at }] },
  );
}

/** Adds and removes keys of hosts in a known_hosts file. */
export const knownHosts = defineModule({
  name: 'known_hosts',
  summary: 'Keeps host keys in a known_hosts file.',
  args,
  diffs: { always: true, single: true },
  returns: { name: 'The host.', key: 'The line.', path: 'The file.' },
  examples: `- ansible.builtin.known_hosts:
    name: git.example.net
    key: git.example.net ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI...
`,
  queries: (a) => ({
    file: path(a.path, { content: true, follow: true }),
    folder: path(dirname(a.path), { follow: true }),
  }),
  plan: (a, answers, info) => plan(a, answers, info),
  report: (a, { file }) => ({ state: a.state, ...pathFields(file) }),
});
