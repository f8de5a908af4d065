import type { ArgSpec, ArgsOf } from './args.js';
import { editArgs } from './edit/arguments.js';
import { bytesOfText } from './edit/bytes.js';
import { type Edit, editQueries, planEdit } from './edit/plan-edit.js';
import { type Pattern, replaceAll, textPattern } from './edit/regex.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

const args = {
  ...editArgs,
  regexp: {
    type: 'str',
    required: true,
    doc: "What to look for, in Python's syntax; ^ and $ match at lines.",
  },
  replace: { type: 'str', default: '', doc: 'What to put in its place; may name groups.' },
  after: { type: 'str', doc: 'Only text after the first match of this is looked at.' },
  before: { type: 'str', doc: 'Only text before the first match of this is looked at.' },
  encoding: {
    type: 'str',
    default: 'utf-8',
    doc: 'How the file is encoded: utf-8, ascii, latin-1 or utf-16le.',
  },
} as const satisfies ArgSpec;

const ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  utf8: 'utf8',
  ascii: 'latin1',
  usascii: 'latin1',
  latin1: 'latin1',
  iso88591: 'latin1',
  utf16le: 'utf16le',
};

function encodingOf(name: string): BufferEncoding | undefined {
  return ENCODINGS[name.toLowerCase().replace(/[-_ ]/g, '')];
}

/** The part of a text to look at, as start and end, or the pattern that did not match. */
function section(text: string, after = '', before = ''): { from: number; to: number } | string {
  if (!after && !before) return { from: 0, to: text.length };
  const head = after ? `(?P<ffe_head>${after})` : '';
  const body = after && before ? '(?P<subsection>.*?)' : '(?P<subsection>.*)';
  const regex = textPattern(`${head}${body}${before}`, { s: true });
  const match = regex.search(text);
  if (!match) return `${after}${body}${before}`;
  const group = (name: string) => match.groups[regex.names.get(name) ?? -1] ?? '';
  const from = match.index + group('ffe_head').length;
  return { from, to: from + group('subsection').length };
}

function replaced(
  text: string,
  regex: Pattern,
  a: ArgsOf<typeof args>,
): { text: string; msg: string } | string {
  const part = section(text, a.after, a.before);
  if (typeof part === 'string') return part;
  const old = text.slice(part.from, part.to);
  const fresh = replaceAll(regex, a.replace, old);
  if (fresh === old) return { text, msg: '' };
  const count = regex.all(old).length;
  return { text: text.slice(0, part.from) + fresh + text.slice(part.to), msg: `${count} replacements made` };
}

function edit(a: ArgsOf<typeof args>, encoding: BufferEncoding): Edit {
  return (bytes) => {
    const text = bytesOfText(bytes ?? '').toString(encoding);
    const done = replaced(text, textPattern(a.regexp, { m: true }), a);
    if (typeof done === 'string')
      return { ok: { rc: 0, msg: `Pattern for before/after params did not match the given file: ${done}` } };
    if (done.msg === '') return { text: bytes ?? '', msg: '', result: { rc: 0 } };
    return { text: Buffer.from(done.text, encoding).toString('latin1'), msg: done.msg, result: { rc: 0 } };
  };
}

/** Replaces every match of a regular expression in a file. */
export const replace = defineModule({
  name: 'replace',
  summary: 'Replace all instances of a pattern in a file.',
  args,
  returns: { msg: 'How many replacements were made.', backup_file: 'Path of the copy that was kept.' },
  examples: `- ansible.builtin.replace:
    path: /etc/hosts
    regexp: '(\\s+)old\\.example(\\s+.*)?$'
    replace: '\\1new.example\\2'
`,
  queries: editQueries,
  plan: (a, answers, info) => {
    const encoding = encodingOf(a.encoding);
    if (encoding === undefined) return failed(`unknown encoding: ${a.encoding}`);
    const style = {
      absentMsg: `Path ${a.path} does not exist !`,
      backupField: 'backup_file',
      contentHeader: (p: string) => p,
    } as const;
    return planEdit(a, answers, info, style, edit(a, encoding));
  },
});
