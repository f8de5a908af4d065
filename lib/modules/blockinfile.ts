import type { ArgSpec } from './args.js';
import { createArg, editArgs } from './edit/arguments.js';
import { withBlock } from './edit/block.js';
import { editQueries, planEdit } from './edit/plan-edit.js';
import { defineModule } from './module.js';

const args = {
  ...editArgs,
  ...createArg,
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether the block should be there.',
  },
  block: { type: 'str', default: '', aliases: ['content'], doc: 'The lines; none takes the block out.' },
  marker: {
    type: 'str',
    default: '# {mark} ANSIBLE MANAGED BLOCK',
    doc: 'The lines around the block; {mark} becomes marker_begin or marker_end.',
  },
  marker_begin: { type: 'str', default: 'BEGIN', doc: 'What {mark} becomes in the first marker.' },
  marker_end: { type: 'str', default: 'END', doc: 'What {mark} becomes in the last marker.' },
  insertafter: { type: 'str', doc: 'Put a new block after the last line that matches; EOF is the default.' },
  insertbefore: { type: 'str', doc: 'Put a new block before the last line that matches; BOF is possible.' },
  append_newline: { type: 'bool', default: false, doc: 'Have an empty line after the block.' },
  prepend_newline: { type: 'bool', default: false, doc: 'Have an empty line before the block.' },
} as const satisfies ArgSpec;

/** Keeps a block of lines, between markers, in a text file. */
export const blockinfile = defineModule({
  name: 'blockinfile',
  summary: 'Insert, update or remove a block of lines surrounded by markers.',
  args,
  rules: { mutuallyExclusive: [['insertbefore', 'insertafter']] },
  returns: {
    msg: 'Block inserted, Block removed or File created.',
    backup_file: 'Path of the copy that was kept.',
  },
  examples: `- ansible.builtin.blockinfile:
    path: /etc/hosts
    marker: '# {mark} fleet'
    block: |
      10.0.0.11 web1
      10.0.0.12 web2
`,
  queries: editQueries,
  plan: (a, answers, info) => {
    const style = {
      absentMsg: `Path ${a.path} does not exist !`,
      backupField: 'backup_file',
      contentHeader: (p: string) => `${p} (content)`,
    } as const;
    const block = a.state === 'present' ? a.block : '';
    return planEdit(a, answers, info, style, (text) => {
      if (text === undefined && a.state === 'absent') return { ok: { msg: `File ${a.path} not present` } };
      const msg = text === undefined ? 'File created' : block === '' ? 'Block removed' : 'Block inserted';
      return { text: withBlock(text ?? '', { ...a, block }), msg };
    });
  },
});
