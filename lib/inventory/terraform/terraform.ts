import { fromJson } from '../../values/convert.js';
import type { Json } from '../../values/json.js';
import type { Raw, Value } from '../../values/value.js';
import { addVars, ensureGroup, ensureHost, joinGroup } from '../graph.js';
import { safeGroupName } from '../group-name.js';
import type { Inventory } from '../inventory.js';
import { attempt, type Reports } from '../reports.js';
import { addFromProvider } from './provider.js';
import { addressGiven, SERVER_TYPES, type Server, serverOf } from './servers.js';
import { objectOf, type Resource, readState } from './state.js';
import { tagGroups } from './tag-groups.js';

type Found = { readonly resource: Resource; readonly server: Server };

function serversIn(resources: readonly Resource[]): Found[] {
  return resources.flatMap((resource) => {
    const server = serverOf(resource.type, resource.attributes);
    return server ? [{ resource, server }] : [];
  });
}

/** Names tell hosts apart: of several with the same one each gets its index, and its address in the state where that does not help. */
function hostNames(found: readonly Found[]): string[] {
  const indexed = ({ name, index }: Resource): string => (index === undefined ? name : `${name}-${index}`);
  const unique = (names: readonly string[], other: (at: number) => string): string[] => {
    const count = new Map<string, number>();
    for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
    return names.map((name, at) => ((count.get(name) ?? 0) > 1 ? other(at) : name));
  };
  const first = found.map(({ resource, server }) => server.name ?? indexed(resource));
  const second = unique(first, (at) => {
    const { server, resource } = found[at]!;
    return server.name !== undefined && resource.index !== undefined
      ? `${server.name}-${resource.index}`
      : indexed(resource);
  });
  return unique(second, (at) => found[at]!.resource.address);
}

/** Several dicts of tags as one; lists only where there is no dict. */
function joined(tags: readonly Json[]): Json | undefined {
  const dicts = tags.map(objectOf).filter((dict) => Object.keys(dict).length > 0);
  return dicts.length > 0 ? Object.assign({}, ...dicts) : tags[0];
}

/** What a host knows of where it comes from: the variable `terraform`. */
function knowledge({ resource, server }: Found, address: string | undefined): Value {
  const { type, name, index, address: place } = resource;
  const { id, inside, region, tags } = server;
  const entries: [string, Json | undefined][] = [
    ['address', place],
    ['type', type],
    ['name', name],
    ['index', index],
    ['id', id],
    ['region', region],
    ['public_address', address],
    ['private_address', inside],
    ['tags', joined(tags)],
  ];
  return new Map(
    entries.filter(([, value]) => value !== undefined).map(([key, value]) => [key, fromJson(value)]),
  );
}

function addServer(
  inventory: Inventory,
  found: Found,
  name: string,
  given: string | undefined,
  file: string,
): string | undefined {
  const { server, resource } = found;
  const outside = given ?? server.address;
  const address = outside ?? server.inside;
  const vars: [string, Raw | undefined][] = [
    ['ansible_host', address],
    ['ansible_user', server.user],
    ['terraform', knowledge(found, outside) as Raw],
  ];
  const host = ensureHost(inventory, name);
  addVars(host, file, new Map(vars.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))));
  for (const group of [resource.type, resource.name].map(safeGroupName))
    if (group !== name) joinGroup(inventory, host, group);
  for (const group of tagGroups(server.tags)) joinGroup(inventory, host, group);
  return address;
}

/**
 * Reads what Terraform or OpenTofu made into the graph: servers of the usual providers become hosts, with their address,
 * in groups of their type, their name in the configuration and their tags or labels; then come the hosts and groups of
 * the provider `ansible`. Outputs that are no secrets are the variable `terraform_outputs`. What is odd is warned of.
 */
export function readTerraform(inventory: Inventory, text: string, file: string, reports: Reports): void {
  const { resources, outputs } = readState(text, file);
  const warn = (message: string): void => reports.warn(message, { file, line: 1, col: 1 });
  const found = serversIn(resources);
  const names = hostNames(found);
  const given = new Map(resources.flatMap(({ type, attributes }) => addressGiven(type, attributes)));
  found.forEach((one, at) => {
    const address = addServer(inventory, one, names[at]!, given.get(one.server.id ?? ''), file);
    if (address === undefined) warn(`the state has no address of ${one.resource.address}`);
  });
  let own = 0;
  for (const resource of resources)
    attempt(reports, () => {
      if (addFromProvider(inventory, resource, file)) own++;
    });
  if (found.length + own === 0)
    warn(
      `nothing in the Terraform state is a host: these would be, ${[...SERVER_TYPES, 'ansible_host'].join(', ')}`,
    );
  if (Object.keys(outputs).length > 0)
    addVars(ensureGroup(inventory, 'all'), file, new Map([['terraform_outputs', fromJson(outputs) as Raw]]));
}

/** Only the hosts and groups of the provider `ansible` in a state. */
export function readProvider(inventory: Inventory, text: string, file: string, reports: Reports): void {
  for (const resource of readState(text, file).resources)
    attempt(reports, () => void addFromProvider(inventory, resource, file));
}
