import { ensureRepository } from './git/ensure.js';
import { gitArgs } from './git/git-args.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Checks a git repository out. */
export const git = defineModule({
  name: 'git',
  summary: 'Brings a git repository to a version.',
  args: gitArgs,
  rules: {
    mutuallyExclusive: [
      ['separate_git_dir', 'bare'],
      ['accept_hostkey', 'accept_newhostkey'],
    ],
    requiredBy: { archive_prefix: ['archive'] },
  },
  returns: {
    git_dir_before: 'separate_git_dir: where the repository was',
    git_dir_now: 'where it is now',
    warnings: 'what could go wrong',
    before: 'The commit before, null where there was none.',
    after: 'The commit now.',
    remote_url_changed: 'Whether the URL of the remote was another one.',
  },
  examples: `- ansible.builtin.git:
    repo: https://git.example.net/ffe.git
    dest: /opt/ffe/src
    version: v1.2
`,
  check: 'handled',
  run: (info) => stepping(() => ensureRepository(info, info.args)),
});
