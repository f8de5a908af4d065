import { path, tree } from '../node/queries/query.js';
import { planRepository } from './apt-repository/plan-repository.js';
import { WishError } from './file-attributes.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

/** Adds and removes repositories of apt. */
export const aptRepository = defineModule({
  name: 'apt_repository',
  summary: 'Lists package sources for apt, or takes them off its lists.',
  args: {
    repo: { type: 'str', required: true, doc: 'The line: deb [options] URL SUITE COMPONENTS.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is listed.' },
    mode: { type: 'raw', doc: 'Permissions of a new file, 0644 when absent.' },
    update_cache: {
      type: 'bool',
      default: true,
      aliases: ['update-cache'],
      doc: 'Fetch the lists after a change.',
    },
    update_cache_retries: { type: 'int', default: 5, doc: 'How often to try that.' },
    update_cache_retry_max_delay: { type: 'int', default: 12, doc: 'Seconds to wait at most in between.' },
    filename: { type: 'str', doc: 'Name of the file in sources.list.d, without .list.' },
    install_python_apt: { type: 'bool', default: true, doc: 'Has no effect: no Python is needed.' },
    validate_certs: { type: 'bool', default: true, doc: 'Has no effect: only names of Launchpad need it.' },
    codename: { type: 'str', doc: 'Has no effect: only names of Launchpad need it.' },
  },
  returns: { repo: 'The line.', state: 'What is wished.' },
  examples: `- ansible.builtin.apt_repository:
    repo: deb [signed-by=/etc/apt/keyrings/ffe.asc] https://apt.example.net stable main
    filename: ffe
`,
  queries: () => ({
    main: path('/etc/apt/sources.list', { content: true, follow: true }),
    parts: tree('/etc/apt/sources.list.d', { depth: 1, inside: true }),
  }),
  more: (_, { parts }) => ({
    files: parts.entries
      .filter((e) => e.type !== 'directory' && e.path.endsWith('.list'))
      .map((e) => path(e.path, { content: true, follow: true })),
  }),
  plan: (a, { main, files }) => {
    try {
      return planRepository(a, [main, ...(files ?? [])]);
    } catch (error) {
      if (error instanceof WishError) return failed(error.message);
      throw error;
    }
  },
});
