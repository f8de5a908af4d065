import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import { encodeText } from '../values/charset.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { fileArgs, modeText } from './file-attributes.js';
import { morePlaceAsks, type PlaceAnswers, placeAsks, placeOf } from './file-place.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';
import { templateSource } from './source.js';
import { placeReport, planWrite } from './write-file.js';

const string = (doc: string) => ({ type: 'str', doc }) as const;

const args = {
  src: { type: 'path', required: true, doc: 'The template, looked for in templates/.' },
  dest: { type: 'path', required: true, doc: 'The file to make; a folder gets a file of the same name.' },
  ...fileArgs,
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  force: { type: 'bool', default: true, doc: 'Replace a file that is there already.' },
  follow: { type: 'bool', default: false, doc: 'Write to what a link at dest leads to.' },
  validate: string('A command that checks the new file before it is put in place; %s stands for it.'),
  newline_sequence: {
    type: 'str',
    default: '\n',
    choices: ['\n', '\r', '\r\n', '\\n', '\\r', '\\r\\n'],
    doc: 'How lines end.',
  },
  trim_blocks: { type: 'bool', default: true, doc: 'Drop the first newline after a block.' },
  lstrip_blocks: { type: 'bool', default: false, doc: 'Drop blanks before a block.' },
  block_start_string: string('What begins a block.'),
  block_end_string: string('What ends a block.'),
  variable_start_string: string('What begins an expression.'),
  variable_end_string: string('What ends an expression.'),
  comment_start_string: string('What begins a comment.'),
  comment_end_string: string('What ends a comment.'),
  output_encoding: {
    type: 'str',
    default: 'utf-8',
    doc: "How the file is encoded, by one of Python's names: utf-8, utf-16, latin-1, windows-1252 ...",
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const SEQUENCES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\r\\n': '\r\n' };
function options(a: Args) {
  const { newline_sequence: end, trim_blocks, lstrip_blocks, dest } = a;
  const { block_start_string, block_end_string, variable_start_string, variable_end_string } = a;
  const { comment_start_string, comment_end_string } = a;
  return {
    newline_sequence: SEQUENCES[end] ?? end,
    trim_blocks,
    lstrip_blocks,
    block_start_string,
    block_end_string,
    variable_start_string,
    variable_end_string,
    comment_start_string,
    comment_end_string,
    dest,
  };
}

/** Renders a template of the controller into a file of the node. */
export const template = defineModule({
  name: 'template',
  summary: 'Template a file out to the node.',
  args,
  returns: {
    dest: 'The file that was written.',
    checksum: 'sha1 of the file, with md5sum when it was written.',
    backup_file: 'Path of the copy that was kept.',
    mode: 'Permissions in octal, with uid, gid, owner, group, size and state beside them.',
  },
  examples: `- ansible.builtin.template:
    src: nginx.conf.j2
    dest: /etc/nginx/nginx.conf
    mode: '0644'
    validate: nginx -t -c %s
`,
  queries: (a, info) => ({
    source: templateSource(a.src, options(a), a.dest),
    ...placeAsks(a.dest, basename(a.src), a, info),
  }),
  more: (a, answers, info) => morePlaceAsks(a.dest, basename(a.src), answers, a, info),
  plan: (a, answers, info) => {
    const { source } = answers;
    if (!source.found) return failed(source.msg);
    const data = encodeText(source.text, a.output_encoding || 'utf-8');
    if ('problem' in data) return failed(data.problem);
    const sha1 = createHash('sha1').update(data).digest('hex');
    const fresh = { content: { kind: 'bytes', data }, sha1, size: data.length, from: source.path } as const;
    const mode = a.mode === 'preserve' ? modeText(source.mode) : a.mode;
    const place = placeOf(a.dest, basename(a.src), answers as PlaceAnswers);
    return planWrite({ ...a, mode }, place, fresh, info, { src: source.path });
  },
  report: (a, answers) => placeReport(a, placeOf(a.dest, basename(a.src), answers as PlaceAnswers)),
});
