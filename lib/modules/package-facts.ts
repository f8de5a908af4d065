import { read } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';

const FORMAT = '${db:Status-Status}\\t${Package}\\t${Version}\\t${Architecture}\\t${Section}\\t${Origin}\\n';

/** Lists the installed packages of the node as facts. */
export const packageFacts = defineModule({
  name: 'package_facts',
  summary: 'Gives the installed packages as a fact.',
  args: {
    manager: {
      type: 'list',
      elements: 'str',
      default: ['auto'],
      choices: ['auto', 'rpm', 'apt', 'portage', 'pkg', 'pacman', 'apk', 'pkg_info'],
      doc: 'Package managers to look for; nodes have apt.',
    },
    strategy: {
      type: 'str',
      default: 'first',
      choices: ['first', 'all'],
      doc: 'Whether to look for further managers.',
    },
  },
  returns: {
    ansible_facts:
      'packages: a dict by name of lists, each with name, version, arch, category, origin, source',
  },
  examples: '- name: Packages\n  package_facts:\n',
  queries: () => ({ list: read(['dpkg-query', '-W', '-f', FORMAT]) }),
  plan: ({ manager }, { list }) => {
    if (!manager.some((name) => name === 'auto' || name === 'apt'))
      return failed(
        `Could not detect a supported package manager from the following list: [${manager.map((m) => `'${m}'`).join(', ')}], or the required Python library is not installed. Check warnings for details.`,
      );
    if (list.rc !== 0) return failed(`Could not list packages: ${list.stderr.toString('utf8').trim()}`);
    const packages: Record<string, JsonObject[]> = {};
    for (const line of list.stdout.toString('utf8').split('\n')) {
      const [status, name = '', version = '', arch = '', category = '', origin = ''] = line.split('\t');
      if (status !== 'installed') continue;
      packages[name] = [...(packages[name] ?? []), { name, version, arch, category, origin, source: 'apt' }];
    }
    return ok('packages were listed', { ansible_facts: { packages } });
  },
});
