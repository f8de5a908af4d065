import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { FfeError } from '../../errors/error.js';

/** The files of a new role by path; a path that ends in a slash is an empty folder. */
function roleFiles(name: string): Readonly<Record<string, string>> {
  return {
    'README.md': `# ${name}\n\nWhat this role is for.\n\n## Variables\n\n| name | default | meaning |\n|---|---|---|\n\n## Example\n\n\`\`\`yaml\n- hosts: servers\n  roles:\n    - role: ${name}\n\`\`\`\n`,
    'defaults/main.yml': `---\n# defaults file for ${name}\n`,
    'files/': '',
    'handlers/main.yml': `---\n# handlers file for ${name}\n`,
    'meta/main.yml': `galaxy_info:\n  role_name: ${name}\n  author: your name\n  description: your role description\n  license: license (MIT, ...)\n  min_ansible_version: "2.14"\n  galaxy_tags: []\ndependencies: []\n`,
    'meta/argument_specs.yml': `---\nargument_specs:\n  main:\n    short_description: what ${name} does\n    options: {}\n`,
    'tasks/main.yml': `---\n# tasks file for ${name}\n`,
    'templates/': '',
    'tests/inventory': 'localhost\n',
    'tests/test.yml': `---\n- hosts: localhost\n  remote_user: root\n  roles:\n    - ${name}\n`,
    'vars/main.yml': `---\n# vars file for ${name}\n`,
  };
}

function collectionFiles(namespace: string, name: string): Readonly<Record<string, string>> {
  return {
    'README.md': `# ${namespace}.${name}\n\nWhat this collection is for.\n`,
    'galaxy.yml': `namespace: ${namespace}\nname: ${name}\nversion: 1.0.0\nreadme: README.md\nauthors:\n  - your name\ndescription: your collection description\nlicense:\n  - MIT\ntags: []\ndependencies: {}\n`,
    'meta/runtime.yml': '---\nrequires_ansible: ">=2.14.0"\n',
    'docs/': '',
    'playbooks/': '',
    'plugins/': '',
    'roles/': '',
  };
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(dir, path);
    fs.mkdirSync(path.endsWith('/') ? file : dirname(file), { recursive: true });
    if (!path.endsWith('/')) fs.writeFileSync(file, text);
  }
}

/** Makes a new role or collection; answers what is said of it. Throws code 'not-found' when its folder exists, unless forced. */
export function makeSkeleton(kind: 'role' | 'collection', name: string, at: string, force: boolean): string {
  if (kind === 'collection' && !/^[a-z_]\w*\.[a-z_]\w*$/.test(name))
    throw new FfeError(
      'usage',
      `Invalid collection name '${name}', name must be in the format <namespace>.<collection>`,
    );
  const [namespace = '', collection = ''] = name.split('.');
  const dir = kind === 'role' ? join(at, name) : join(at, namespace, collection);
  if (fs.existsSync(dir) && !force)
    throw new FfeError('not-found', `- the directory ${dir} already exists`, {
      hint: '--force writes into it',
    });
  write(dir, kind === 'role' ? roleFiles(name) : collectionFiles(namespace, collection));
  return `- ${kind === 'role' ? 'Role' : 'Collection'} ${name} was created successfully\n`;
}
