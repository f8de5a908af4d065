import { type ReadAnswer, read, readScript } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { printed } from './program.js';

type Service = { name: string; state: string; status?: string; source: string };
const BAD = ['not-found', 'masked', 'failed'];

/** A service from a line of `systemctl list-units --plain`: unit, load, active and sub state. */
function running(line: string): Service | undefined {
  const [name = '', load = '', active = '', sub = ''] = line.trim().split(/\s+/);
  if (!name.endsWith('.service')) return undefined;
  const bad = [load, active, sub].find((word) => BAD.includes(word));
  return { name, state: sub === 'running' ? 'running' : 'stopped', status: bad ?? active, source: 'systemd' };
}

/** The sections of the first answer: services of init scripts, units, and unit files. */
function sections(lists: ReadAnswer): { scripts: string[]; units: string[]; files: string[] } {
  const [scripts, units, files] = printed(lists)
    .split(/^--\n/m)
    .map((text) => text.split('\n'));
  return { scripts: scripts ?? [], units: units ?? [], files: files ?? [] };
}

/** A service from a line of `service --status-all`. */
function script(line: string): Service | undefined {
  const [, mark, name] = /^\s*\[ ([+-]) \]\s+(.+)$/.exec(line) ?? [];
  return name === undefined
    ? undefined
    : { name, state: mark === '+' ? 'running' : 'stopped', source: 'sysv' };
}

function known(lists: ReadAnswer): Map<string, Service> {
  const { scripts, units } = sections(lists);
  const found = [...scripts.map(script), ...units.map(running)].filter((s) => s !== undefined);
  return new Map(found.map((s) => [s.name, s]));
}

/** Names and states of unit files. */
function unitFiles(lists: ReadAnswer): [name: string, status: string][] {
  const rows = sections(lists).files.map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([name]) => name?.endsWith('.service'))
    .map(([name = '', status = '']) => [name, status]);
}

/** Unit files that are not loaded; templates have no state of their own. */
function unloaded(lists: ReadAnswer): string[] {
  const services = known(lists);
  return unitFiles(lists).flatMap(([name]) => (services.has(name) || name.includes('@.') ? [] : [name]));
}

/** The states of units in the order they were asked for. */
function states(names: readonly string[], shown: ReadAnswer | undefined): Map<string, string> {
  const blocks = shown ? printed(shown).split('\n').filter(Boolean) : [];
  return new Map(names.map((name, i) => [name, blocks[i]?.replace('ActiveState=', '') ?? 'unknown']));
}

/** Lists the services of the node as facts. */
export const serviceFacts = defineModule({
  name: 'service_facts',
  summary: 'Gives the state of all services as a fact.',
  args: {},
  returns: {
    ansible_facts: 'services: a dict by name, each with name, state and source, those of systemd with status',
  },
  examples: '- name: Services\n  service_facts:\n',
  queries: () => ({
    lists: readScript(
      'service --status-all 2>/dev/null; echo -- && systemctl list-units --no-pager --no-legend --plain --type service --all && echo -- && systemctl list-unit-files --no-pager --no-legend --type service --all',
    ),
  }),
  more: (_, { lists }) => {
    const names = lists.rc === 0 ? unloaded(lists) : [];
    if (names.length === 0) return undefined;
    return { shown: read(['systemctl', 'show', '--property=ActiveState', '--', ...names]) };
  },
  plan: (_, { lists, shown }) => {
    if (lists.rc !== 0)
      return failed(`Could not list units from systemd: ${lists.stderr.toString('utf8').trim()}`);
    const services = known(lists);
    const active = states(unloaded(lists), shown);
    for (const [name, status] of unitFiles(lists)) {
      const loaded = services.get(name);
      if (!loaded)
        services.set(name, { name, state: active.get(name) ?? 'unknown', status, source: 'systemd' });
      else if (!BAD.includes(loaded.status ?? '')) loaded.status = status;
    }
    return ok('services were listed', {
      ansible_facts: { services: Object.fromEntries(services) as unknown as JsonObject },
    });
  },
});
