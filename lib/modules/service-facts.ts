import { readScript } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';

type Service = { name: string; state: string; status: string; source: string };
const BAD = ['not-found', 'masked', 'failed'];

/** A service from a line of `systemctl list-units --plain`: unit, load, active and sub state. */
function running(line: string): Service | undefined {
  const [name = '', load = '', active = '', sub = ''] = line.trim().split(/\s+/);
  if (!name.endsWith('.service')) return undefined;
  const bad = [load, active, sub].find((word) => BAD.includes(word));
  return { name, state: sub === 'running' ? 'running' : 'stopped', status: bad ?? active, source: 'systemd' };
}

/** Adds what unit files say: their state, and services that are not loaded. */
function withFiles(services: Map<string, Service>, lines: readonly string[]): void {
  for (const line of lines) {
    const [name = '', status = ''] = line.trim().split(/\s+/);
    if (!name.endsWith('.service')) continue;
    const known = services.get(name);
    if (!known) services.set(name, { name, state: 'inactive', status, source: 'systemd' });
    else if (!BAD.includes(known.status)) known.status = status;
  }
}

/** Lists the services of the node as facts. */
export const serviceFacts = defineModule({
  name: 'service_facts',
  summary: 'Gives the state of all services as a fact.',
  args: {},
  returns: { ansible_facts: 'services: a dict by name, each with name, state, status and source' },
  examples: '- name: Services\n  service_facts:\n',
  queries: () => ({
    lists: readScript(
      'systemctl list-units --no-pager --no-legend --plain --type service --all && echo -- && systemctl list-unit-files --no-pager --no-legend --type service --all',
    ),
  }),
  plan: (_, { lists }) => {
    if (lists.rc !== 0)
      return failed(`Could not list units from systemd: ${lists.stderr.toString('utf8').trim()}`);
    const [units = '', files = ''] = lists.stdout.toString('utf8').split('\n--\n');
    const found = units.split('\n').flatMap((l) => running(l) ?? []);
    const services = new Map(found.map((s) => [s.name, s]));
    withFiles(services, files.split('\n'));
    return ok('services were listed', {
      ansible_facts: { services: Object.fromEntries(services) as unknown as JsonObject },
    });
  },
});
