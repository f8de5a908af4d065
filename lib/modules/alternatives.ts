import { path, read } from '../node/queries/query.js';
import { planAlternative, subcommandArgs } from './alternatives/plan-alternative.js';
import { defineModule } from './module.js';
import { without } from './program.js';

/** Manages which of several programs a common name stands for. */
export const alternatives = defineModule({
  name: 'alternatives',
  collection: 'community.general',
  summary: 'Chooses which program stands behind a name of update-alternatives.',
  args: {
    name: { type: 'str', required: true, doc: 'The generic name, as editor.' },
    path: { type: 'path', required: true, doc: 'The program it is to stand for.' },
    link: { type: 'path', doc: 'The link with the generic name; needed for a new one.' },
    priority: { type: 'int', doc: 'Its priority where the choice is automatic; 50 for a new one.' },
    state: {
      type: 'str',
      default: 'selected',
      choices: ['present', 'selected', 'absent', 'auto'],
      doc: 'Whether it is known, chosen, away, or known and the choice automatic.',
    },
    subcommands: {
      type: 'list',
      elements: 'dict',
      aliases: ['slaves'],
      options: subcommandArgs,
      doc: 'Further links that follow the choice.',
    },
  },
  diffs: { single: true },
  returns: { msg: 'what was changed' },
  examples: `
- name: vim is the editor
  alternatives:
    name: editor
    path: /usr/bin/vim
`,
  queries: (a) => ({
    program: path(a.path, { follow: true }),
    shown: read(['env', 'LC_ALL=C', 'update-alternatives', '--display', a.name]),
  }),
  plan: (a, { program, shown }, info) =>
    without('update-alternatives', 'dpkg', shown, info) ?? planAlternative(a, program.exists, shown, info),
});
