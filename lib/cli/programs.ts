import { basename } from 'node:path';

/** What a link to the program stands for: the verb it calls; undefined where playbooks are run. */
export type Program = { readonly name: string; readonly verb?: string };

/** Ansible's programs by the verbs that do their work. */
const PROGRAMS: Readonly<Record<string, string | undefined>> = {
  'ansible-playbook': undefined,
  ansible: 'exec',
  'ansible-config': 'config',
  'ansible-console': 'console',
  'ansible-doc': 'doc',
  'ansible-galaxy': 'galaxy',
  'ansible-inventory': 'inventory',
  'ansible-pull': 'pull',
  'ansible-vault': 'vault',
};

/** The program's own name, and the name of what no link names. */
export const OWN_NAME = 'ffe-provision';

/** Which program a path calls: links with the names of Ansible's programs behave as those do. */
export function programOf(path: string | undefined): Program {
  const name = basename(path ?? OWN_NAME);
  return Object.hasOwn(PROGRAMS, name) ? { name, verb: PROGRAMS[name] } : { name: OWN_NAME };
}
