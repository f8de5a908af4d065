import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { createArg, editArgs } from './edit/arguments.js';
import { argText } from './edit/bytes.js';
import { absentLines, presentLine, splitLines } from './edit/lines.js';
import { type Edit, editQueries, planEdit } from './edit/plan-edit.js';
import { defineModule } from './module.js';
import { ok } from './plan.js';

const args = {
  ...editArgs,
  ...createArg,
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether the line should be there.',
  },
  line: { type: 'str', aliases: ['value'], doc: 'The line; with backrefs it may name groups of regexp.' },
  regexp: { type: 'str', aliases: ['regex'], doc: 'The line to replace (the last that matches) or remove.' },
  search_string: { type: 'str', doc: 'A literal text to look for instead of regexp.' },
  insertafter: { type: 'str', doc: 'Put a new line after the last that matches; EOF is the default.' },
  insertbefore: { type: 'str', doc: 'Put a new line before the last that matches; BOF is possible.' },
  backrefs: {
    type: 'bool',
    default: false,
    doc: 'Fill groups of regexp into line; without a match nothing is done.',
  },
  firstmatch: { type: 'bool', default: false, doc: 'Take the first match instead of the last.' },
} as const satisfies ArgSpec;

/** Ansible's warning about what matches every line, because scripts look for it. */
function warnings({ regexp, search_string }: ArgsOf<typeof args>): JsonObject {
  if (regexp !== '' && search_string !== '') return {};
  const [what, hint] =
    regexp === ''
      ? [
          'regular expression',
          " If this is desired, use '^' to match every line in the file and avoid this warning.",
        ]
      : ['search string', ''];
  return {
    warnings: [
      `The ${what} is an empty string, which will match every line in the file. This may have unintended consequences, such as replacing the last line in the file rather than appending.${hint}`,
    ],
  };
}

function presentEdit(a: ArgsOf<typeof args>): Edit {
  return (text) => {
    const lines = splitLines(text ?? '');
    const done = presentLine(lines, { ...a, line: argText(a.line ?? '') });
    return { text: done.lines.join(''), msg: done.msg, result: warnings(a) };
  };
}

function absentEdit(a: ArgsOf<typeof args>): Edit {
  return (text) => {
    const line = a.line === undefined ? undefined : argText(a.line);
    const done = absentLines(splitLines(text ?? ''), { ...a, line });
    const { found } = done;
    return {
      text: done.lines.join(''),
      msg: found ? `${found} line(s) removed` : '',
      result: { found, ...warnings(a) },
    };
  };
}

/** Makes sure that a line is, or is not, in a text file. */
export const lineinfile = defineModule({
  name: 'lineinfile',
  summary: 'Manage single lines of text files.',
  args,
  rules: {
    mutuallyExclusive: [
      ['insertbefore', 'insertafter'],
      ['regexp', 'search_string'],
      ['backrefs', 'search_string'],
    ],
    requiredIf: [
      ['state', 'present', ['line']],
      ['state', 'absent', ['line', 'regexp', 'search_string'], true],
      ['backrefs', true, ['regexp']],
    ],
  },
  returns: {
    msg: 'line added, line replaced, or how many lines were removed.',
    backup: 'Path of the copy that was kept.',
    found: 'state=absent: how many lines matched.',
  },
  examples: `- ansible.builtin.lineinfile:
    path: /etc/ssh/sshd_config
    regexp: '^#?PermitRootLogin'
    line: PermitRootLogin no
    validate: /usr/sbin/sshd -t -f %s
`,
  queries: editQueries,
  plan: (a, answers, info) => {
    const absent = a.state === 'absent';
    if (absent && !answers.file.exists) return ok('file not present', { msg: 'file not present' });
    const style = {
      absentMsg: `Destination ${a.path} does not exist !`,
      backupField: 'backup',
      contentHeader: (p: string) => `${p} (content)`,
    } as const;
    return planEdit(a, answers, info, style, absent ? absentEdit(a) : presentEdit(a));
  },
});
