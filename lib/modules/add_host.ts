import { fromJson } from '../values/convert.js';
import type { Json, JsonObject } from '../values/json.js';
import { str } from '../values/print.js';
import { defineModule, type PlanInfo } from './module.js';
import { change, failed, ok } from './plan.js';

/** `host:port` and `[address]:port`; a bare address with several colons has no port. */
function splitPort(text: string): { name: string; port?: number } {
  const match = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? /^([^:]+):(\d+)$/.exec(text);
  if (!match) return { name: text };
  return { name: match[1]!, port: match[2] === undefined ? undefined : Number(match[2]) };
}

function listOf(value: Json | undefined): string[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : String(value).split(',');
  return list.map((item) => String(item).trim()).filter(Boolean);
}

function isMember(groups: Json | undefined, group: string, host: string): boolean {
  if (groups === null || typeof groups !== 'object' || Array.isArray(groups)) return false;
  const hosts = groups?.[group];
  return Array.isArray(hosts) && hosts.includes(host);
}

function hasVariable(info: PlanInfo, host: string, name: string, value: Json | undefined): boolean {
  try {
    const path = `hostvars[${JSON.stringify(host)}][${JSON.stringify(name)}]`;
    const found = info.evaluate(path);
    // A number that a template gives is text.
    return JSON.stringify(found) === JSON.stringify(value) || found === str(fromJson(value));
  } catch {
    return false;
  }
}

/** Adds a host to the inventory of this run. */
export const addHost = defineModule({
  name: 'add_host',
  summary: 'Add a host (and alternatively a group) to the in-memory inventory.',
  args: {
    name: {
      type: 'str',
      required: true,
      aliases: ['host', 'hostname'],
      doc: 'The name, with a port if need be.',
    },
    groups: {
      type: 'raw',
      aliases: ['group', 'groupname'],
      doc: 'Groups to add it to: a list, or a text with commas.',
    },
  },
  openArgs: true,
  exact: true,
  once: true,
  returns: { add_host: 'host_name, groups and host_vars.' },
  examples: `- ansible.builtin.add_host:
    name: "{{ new_ip }}"
    groups: fresh
    ansible_port: 2222
`,
  queries: () => ({}),
  plan: (args, _, info) => {
    const { name: written, groups: given, ...rest } = args as JsonObject & { name: string };
    const { name, port } = splitPort(written);
    if (name === '') return failed('name, host or hostname needs to be provided');
    const groups = listOf(given);
    const vars: JsonObject = port === undefined ? rest : { ...rest, ansible_ssh_port: port };
    const result: JsonObject = { add_host: { host_name: name, groups, host_vars: vars } };
    const known = info.variable('groups');
    const there =
      isMember(known, 'all', name) &&
      groups.every((group) => isMember(known, group, name)) &&
      Object.entries(vars).every(([key, value]) => hasVariable(info, name, key, value));
    const effect = { kind: 'add-host', name, groups, vars } as const;
    if (there) return ok('host is known', result, [effect]);
    return change('host is new', [], { result, effects: [effect] });
  },
});
