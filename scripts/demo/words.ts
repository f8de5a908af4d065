import { join } from 'node:path';
import type { Lab } from '../../lib/lab/index.js';

/** What the demo's last words speak of; `ca` is the file with the authority's certificate. */
export type Place = { lab: Lab; inventory: string; ca: string; blocked: { address: string; port: number } };

/** The options by which the program reaches a lab's nodes. */
export function loginOf(inventory: string, labDir: string): string[] {
  return ['-i', inventory, '-i', join(labDir, 'inventory.yml')];
}

type Line = {
  type?: string;
  status?: string;
  host?: string;
  task?: { name?: string };
};

/** The tasks of a run that changed something, from its output as JSON lines: `host: task`. */
export function changedTasks(output: string): string[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  const events = lines.map((line) => JSON.parse(line) as Line);
  const changed = events.filter((event) => event.type === 'host-result' && event.status === 'changed');
  return changed.map((event) => `${event.host}: ${event.task?.name}`);
}

/** A port that the firewall keeps from this machine: the database's. */
export function blockedPort(lab: Lab): Place['blocked'] {
  const address = lab.nodes.find((node) => node.name === 'db1')?.address ?? lab.nodes[0]?.address ?? '';
  return { address, port: 5432 };
}

/** What to look at, how to log in and how to end it. */
export function farewell({ lab, inventory, ca, blocked }: Place): string {
  const web = lab.nodes.find((node) => node.name === 'web1')?.address ?? '';
  const login = loginOf(inventory, lab.dir).join(' ');
  return `The site:        curl --cacert ${ca} --resolve web1:443:${web} https://web1/
Redirect:        curl -i http://${web}/
A blocked port:  timeout 3 bash -c '</dev/tcp/${blocked.address}/${blocked.port}' || echo blocked
Log in:          bin/ffe-provision lab ssh -i ${inventory} web1
Run again:       bin/ffe-provision ${login} site.yml --check --diff
Harden a node:   bin/ffe-provision ${login} harden.yml --limit db1
Tear down:       npm run demo -- down`;
}
