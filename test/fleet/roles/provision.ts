import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { main } from '../../../lib/cli/main.js';
import { ipv6Of } from '../../../lib/lab/addresses.js';
import { type Lab, writeLoginInventory } from '../../../lib/lab/index.js';

/** Groups of an inventory with their hosts, and variables of all hosts. */
export type Shape = {
  groups: Readonly<Record<string, readonly string[]>>;
  vars?: Readonly<Record<string, unknown>>;
};

/** One host's outcome of one task; `nth` tells tasks of the same name apart. */
export type Told = { host: string; task: string; nth: number; status: string; result: unknown };

/** A run: its exit code, every host's outcome of every task in order, and all it printed. */
export type Ran = { code: number; told: Told[]; out: string; err: string };

type Line = { type: string; host: string; status: string; task: { name: string }; result: unknown };

/** Writes the inventory of a lab. Returns the options that name it. */
export function inventoryOf(lab: Lab, { groups, vars = {} }: Shape): string[] {
  const file = join(lab.dir, 'groups.yml');
  const known = new Map(lab.nodes.map((node) => [node.name, { firewall_ipv6: ipv6Of(node.address) }]));
  const children = Object.fromEntries(
    Object.entries(groups).map(([name, hosts]) => [
      name,
      { hosts: Object.fromEntries(hosts.map((host) => [host, known.get(host) ?? {}])) },
    ]),
  );
  writeFileSync(file, stringify({ all: { vars, children } }));
  return ['-i', writeLoginInventory(lab), '-i', file];
}

function toldBy(out: string): Told[] {
  const seen = new Map<string, number>();
  return out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
    .filter((event) => event.type === 'host-result')
    .map(({ host, status, task: { name: task }, result }) => {
      const nth = seen.get(`${host}/${task}`) ?? 0;
      seen.set(`${host}/${task}`, nth + 1);
      return { host, task, nth, status, result };
    });
}

/** Runs the program in this process. */
export async function provision(inventory: readonly string[], ...args: string[]): Promise<Ran> {
  const seen = { out: '', err: '' };
  const code = await main([...inventory, '--output', 'json', ...args], {
    out: (text) => {
      seen.out += text;
    },
    err: (text) => {
      seen.err += text;
    },
    colour: false,
  });
  return { code, told: toldBy(seen.out), ...seen };
}

/** Writes a playbook of one play with roles, each with its variables, where the roles of the project are found. */
export function rolesPlay(lab: Lab, roles: readonly Record<string, unknown>[], hosts = 'all'): string {
  const play = {
    name: 'roles',
    hosts,
    become: true,
    roles: roles.map((role) => ({ ...role, role: join(process.cwd(), 'roles', String(role.role)) })),
  };
  mkdirSync(join(lab.dir, 'plays'), { recursive: true });
  const file = join(lab.dir, 'plays', `${hosts}-${roles.map(({ role }) => role).join('-')}.yml`);
  writeFileSync(file, stringify([play], { version: '1.1' }));
  return file;
}

/** What changed: `host: task`. */
export function changedIn(ran: Ran): string[] {
  return ran.told
    .filter(({ status }) => status === 'changed')
    .map(({ host, task, nth }) => `${host}: ${task}${nth > 0 ? ` (${nth + 1})` : ''}`)
    .sort();
}

/** Why a run failed, for messages of tests. */
export function failuresOf(ran: Ran): string {
  const bad = ran.told.filter(({ status }) => status === 'failed' || status === 'unreachable');
  return [
    ...bad.map(({ host, task, result }) => `${host}: ${task}: ${JSON.stringify(result)}`),
    ran.err,
  ].join('\n');
}
