import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import { type PathAnswer, path, tree } from '../node/queries/query.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { textPattern } from './edit/regex.js';
import { fileArgs } from './file-attributes.js';
import { morePlaceAsks, type PlaceAnswers, placeAsks, placeOf } from './file-place.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';
import { treeSource } from './source.js';
import { placeReport, planWrite } from './write-file.js';

const args = {
  src: { type: 'path', required: true, doc: 'The folder with the parts, in order of their names.' },
  dest: { type: 'path', required: true, doc: 'The file to make of them.' },
  delimiter: { type: 'str', doc: 'A line between the parts.' },
  regexp: { type: 'str', doc: 'Only parts whose name matches.' },
  ignore_hidden: { type: 'bool', default: false, doc: 'Leave out parts whose name begins with a dot.' },
  remote_src: { type: 'bool', default: true, doc: 'The folder is on the node; false: on the controller.' },
  decrypt: { type: 'bool', default: true, doc: 'Open parts that are encrypted with vault.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  validate: { type: 'str', doc: 'A command that checks the new file before it is put in place.' },
  ...fileArgs,
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The largest part that is read from a node. */
const LIMIT = 16 << 20;

type Part = { readonly name: string; readonly data: Uint8Array | undefined };

function wanted(a: Args, name: string): boolean {
  if (a.ignore_hidden && name.startsWith('.')) return false;
  return a.regexp === undefined || textPattern(a.regexp).search(name) !== undefined;
}

/** The delimiter may hold \n and the like, and stands on a line of its own. */
function delimiterOf(a: Args): string | undefined {
  return a.delimiter?.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\r/g, '\r');
}

/** The parts as one file; each but the last ends its line. */
function joined(a: Args, parts: readonly Part[]): Buffer {
  const delimiter = delimiterOf(a);
  const out: Buffer[] = [];
  for (const [i, part] of parts.entries()) {
    const last = out.at(-1);
    if (last && last.length > 0 && last.at(-1) !== 10) out.push(Buffer.from('\n'));
    if (delimiter !== undefined && i > 0)
      out.push(Buffer.from(delimiter.endsWith('\n') ? delimiter : `${delimiter}\n`));
    out.push(Buffer.from(part.data ?? []));
  }
  return Buffer.concat(out);
}

type Answers = PlaceAnswers & { readonly contents?: readonly PathAnswer[] };

/** Makes one file of the parts in a folder. */
export const assemble = defineModule({
  name: 'assemble',
  summary: 'Puts the pieces of a folder together into one file.',
  args,
  returns: {
    dest: 'The file that was made.',
    checksum: 'sha1 of the file.',
    backup_file: 'The copy that was kept.',
  },
  examples: `- ansible.builtin.assemble:
    src: /etc/app.conf.d
    dest: /etc/app.conf
`,
  queries: (a, info) => ({
    parts: a.remote_src ? tree(a.src, { follow: true }) : undefined,
    source: a.remote_src ? undefined : treeSource(a.src, a.decrypt, true),
    ...placeAsks(a.dest, basename(a.dest), a, info),
  }),
  more: (a, { parts, ...answers }, info) => {
    const files = parts?.entries.filter(
      (e) => e.type === 'file' && e.path === `${a.src.replace(/\/+$/, '')}/${basename(e.path)}`,
    );
    const names = (files ?? []).map((e) => e.path).filter((p) => wanted(a, basename(p)));
    return {
      ...morePlaceAsks(a.dest, basename(a.dest), answers as PlaceAnswers, a, info),
      contents: names.sort().map((p) => path(p, { follow: true, content: true, limit: LIMIT })),
    };
  },
  plan: (a, answers, info) => {
    const { parts, source } = answers;
    if (source && !source.found) return failed(source.msg);
    if (parts && !parts.exists) return failed(`Source (${a.src}) does not exist`);
    const remote = ((answers as Answers).contents ?? []).map((p) =>
      p.exists ? { name: p.path, data: p.content } : { name: p.path, data: undefined },
    );
    const local = (source?.found ? source.entries : [])
      .filter((e) => e.type === 'file' && !e.relative.includes('/') && wanted(a, e.relative))
      .map((e) => ({ name: e.relative, data: e.content?.kind === 'bytes' ? e.content.data : undefined }))
      .sort((x, y) => (x.name < y.name ? -1 : 1));
    const all: readonly Part[] = a.remote_src ? remote : local;
    const lacking = all.find((part) => part.data === undefined);
    if (lacking) return failed(`${lacking.name} cannot be read, or has more than ${LIMIT} bytes`);
    const data = joined(a, all);
    const sha1 = createHash('sha1').update(data).digest('hex');
    const fresh = { content: { kind: 'bytes', data }, sha1, size: data.length, from: a.src } as const;
    const place = placeOf(a.dest, basename(a.dest), answers as PlaceAnswers);
    const wishes = { ...a, force: true, follow: false };
    return planWrite(wishes, place, fresh, info, { src: a.src, msg: 'OK' });
  },
  report: (a, answers) => {
    const wishes = { ...a, force: true, follow: false };
    return placeReport(wishes, placeOf(a.dest, basename(a.dest), answers as PlaceAnswers));
  },
});
