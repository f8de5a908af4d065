import { path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { divertArgs, planDiversion, targetOf } from './dpkg-divert/plan-diversion.js';
import { defineModule } from './module.js';
import { without } from './program.js';

/** Makes packages put a file elsewhere. */
export const dpkgDivert = defineModule({
  name: 'dpkg_divert',
  collection: 'community.general',
  summary: 'Lets a file of a package be installed under another name.',
  args: divertArgs,
  diffs: { single: true },
  returns: {
    diversion: 'the diversion there is: path, state, holder, divert',
    commands: 'the commands that were run',
    messages: 'what dpkg-divert printed',
  },
  examples: `
- name: Our own configuration stays where the package puts its own
  dpkg_divert:
    path: /etc/screenrc
    rename: true
`,
  queries: (a) => ({
    now: readScript(
      `command -v dpkg-divert >/dev/null || exit 127; dpkg-divert --listpackage ${quote(a.path)} && dpkg-divert --truename ${quote(a.path)}`,
    ),
    file: path(a.path),
    target: path(targetOf(a)),
  }),
  more: (_, { now }) => ({ old: path(now.stdout.toString('utf8').trim().split('\n').at(-1) || '/') }),
  plan: (a, answers, info) =>
    without('dpkg-divert', 'dpkg', answers.now, info) ?? planDiversion(a, answers, info),
});
