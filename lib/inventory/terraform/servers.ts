import type { Json, JsonObject } from '../../values/json.js';
import { objectOf } from './state.js';

/** Where a type of resource keeps what a host needs: paths of attributes, the first that holds something counts. */
type Places = {
  readonly name: readonly string[];
  readonly address: readonly string[];
  readonly inside: readonly string[];
  readonly tags: readonly string[];
  readonly region: readonly string[];
  readonly user?: readonly string[];
};

/**
 * The types of servers, by the documentation of their providers. `inside` is the address within the provider's own
 * network. `*` stands for every item of a list.
 */
const SERVERS: Readonly<Record<string, Places>> = {
  aws_instance: {
    name: ['tags.Name', 'tags_all.Name'],
    address: ['public_ip', 'ipv6_addresses.*'],
    inside: ['private_ip'],
    tags: ['tags_all', 'tags'],
    region: ['availability_zone'],
  },
  aws_lightsail_instance: {
    name: ['name'],
    address: ['public_ip_address', 'ipv6_addresses.*'],
    inside: ['private_ip_address'],
    tags: ['tags_all', 'tags'],
    region: ['availability_zone'],
    user: ['username'],
  },
  azurerm_linux_virtual_machine: {
    name: ['name'],
    address: ['public_ip_address'],
    inside: ['private_ip_address'],
    tags: ['tags'],
    region: ['location'],
    user: ['admin_username'],
  },
  digitalocean_droplet: {
    name: ['name'],
    address: ['ipv4_address', 'ipv6_address'],
    inside: ['ipv4_address_private'],
    tags: ['tags'],
    region: ['region'],
  },
  google_compute_instance: {
    name: ['name'],
    address: ['network_interface.*.access_config.*.nat_ip'],
    inside: ['network_interface.*.network_ip'],
    tags: ['labels', 'tags'],
    region: ['zone'],
  },
  hcloud_server: {
    name: ['name'],
    address: ['ipv4_address', 'ipv6_address'],
    inside: ['network.*.ip'],
    tags: ['labels'],
    region: ['location', 'datacenter'],
  },
  libvirt_domain: {
    name: ['name'],
    address: ['network_interface.*.addresses.*'],
    inside: [],
    tags: [],
    region: [],
  },
  linode_instance: {
    name: ['label'],
    address: ['ip_address', 'ipv4.*'],
    inside: ['private_ip_address'],
    tags: ['tags'],
    region: ['region'],
  },
  openstack_compute_instance_v2: {
    name: ['name'],
    address: ['access_ip_v4', 'access_ip_v6'],
    inside: ['network.*.fixed_ip_v4', 'network.*.fixed_ip_v6'],
    tags: ['metadata', 'tags', 'all_tags'],
    region: ['availability_zone', 'region'],
  },
  proxmox_virtual_environment_vm: {
    name: ['name'],
    address: ['ipv4_addresses.*.*', 'ipv6_addresses.*.*'],
    inside: [],
    tags: ['tags'],
    region: ['node_name'],
  },
  proxmox_vm_qemu: {
    name: ['name'],
    address: ['default_ipv4_address', 'ssh_host', 'default_ipv6_address'],
    inside: [],
    tags: ['tags'],
    region: ['target_node'],
    user: ['ssh_user', 'ciuser'],
  },
  scaleway_instance_server: {
    name: ['name'],
    address: ['public_ip', 'public_ips.*.address'],
    inside: ['private_ip', 'private_ips.*.address'],
    tags: ['tags'],
    region: ['zone'],
  },
  vsphere_virtual_machine: {
    name: ['name'],
    address: ['default_ip_address', 'guest_ip_addresses.*'],
    inside: [],
    tags: ['custom_attributes', 'tags'],
    region: [],
  },
  vultr_instance: {
    name: ['label', 'hostname'],
    address: ['main_ip', 'v6_main_ip'],
    inside: ['internal_ip'],
    tags: ['tags'],
    region: ['region'],
  },
};

/** Resources that give a server an address of its own: which server, and which address. */
const ADDRESSES: Readonly<Record<string, { readonly server: string; readonly address: string }>> = {
  aws_eip: { server: 'instance', address: 'public_ip' },
  aws_eip_association: { server: 'instance_id', address: 'public_ip' },
  digitalocean_floating_ip: { server: 'droplet_id', address: 'ip_address' },
  digitalocean_reserved_ip: { server: 'droplet_id', address: 'ip_address' },
  openstack_compute_floatingip_associate_v2: { server: 'instance_id', address: 'floating_ip' },
};

/** The types of resources that become hosts. */
export const SERVER_TYPES: readonly string[] = Object.keys(SERVERS);

function* walked(json: Json | undefined, path: readonly string[]): Generator<Json> {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (json !== undefined && json !== null && json !== '') yield json;
  } else if (step === '*') {
    for (const item of Array.isArray(json) ? json : []) yield* walked(item, rest);
  } else yield* walked(objectOf(json)[step], rest);
}

const LOOPBACK = /^(?:127\.|::1$|fe80:)/i;

function firstText(attributes: JsonObject, paths: readonly string[]): string | undefined {
  for (const path of paths)
    for (const found of walked(attributes, path.split('.')))
      if (typeof found === 'string' && !LOOPBACK.test(found)) return found;
  return undefined;
}

/** What makes a server a host; addresses are undefined where the provider gave none. */
export type Server = {
  readonly id?: string;
  readonly name?: string;
  readonly address?: string;
  readonly inside?: string;
  readonly user?: string;
  readonly region?: string;
  /** Tags, labels and metadata: dicts, lists, or (Proxmox) a text. */
  readonly tags: readonly Json[];
};

/** A resource as a server; undefined for a type that is none. */
export function serverOf(type: string, attributes: JsonObject): Server | undefined {
  const places = Object.hasOwn(SERVERS, type) ? SERVERS[type] : undefined;
  if (places === undefined) return undefined;
  const text = (paths: readonly string[] = []): string | undefined => firstText(attributes, paths);
  // Some providers give an address with the length of its network.
  const address = (paths: readonly string[]): string | undefined => text(paths)?.replace(/\/\d+$/, '');
  return {
    id: text(['id']),
    name: text(places.name),
    address: address(places.address),
    inside: address(places.inside),
    user: text(places.user),
    region: text(places.region),
    tags: places.tags.flatMap((path) => [...walked(attributes, path.split('.'))]),
  };
}

/** Which server (by its id) a resource gives which address to, as one pair; none for a resource that does not. */
export function addressGiven(type: string, attributes: JsonObject): [server: string, address: string][] {
  const places = Object.hasOwn(ADDRESSES, type) ? ADDRESSES[type] : undefined;
  if (places === undefined) return [];
  const [server, address] = [attributes[places.server], attributes[places.address]];
  if (typeof server !== 'string' && typeof server !== 'number') return [];
  return typeof address === 'string' && address !== '' ? [[String(server), address]] : [];
}
