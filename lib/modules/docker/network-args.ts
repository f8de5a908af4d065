import type { ArgSpec } from '../args.js';

/** Arguments of a container about networks, ports and names. */
export const networkArgs = {
  networks: {
    type: 'list',
    elements: 'dict',
    doc: 'The networks that it is in.',
    options: {
      name: { type: 'str', required: true, doc: 'The network.' },
      ipv4_address: { type: 'str', doc: 'Its address there.' },
      ipv6_address: { type: 'str', doc: 'Its IPv6 address there.' },
      aliases: { type: 'list', elements: 'str', doc: 'Further names there.' },
      links: { type: 'list', elements: 'str', doc: 'Containers there, as name[:alias].' },
      driver_opts: { type: 'dict', doc: 'Options of the endpoint.' },
      mac_address: { type: 'str', doc: 'Its hardware address there; needs interface version 1.44.' },
    },
  },
  network_mode: { type: 'str', doc: 'bridge, host, none, container:NAME, or a network.' },
  networks_cli_compatible: {
    type: 'bool',
    default: true,
    doc: 'Without network_mode the first of networks takes its place; false keeps the default network too.',
  },
  purge_networks: {
    type: 'bool',
    default: false,
    doc: 'Leave all other networks; strict comparison says the same.',
  },
  published_ports: {
    type: 'list',
    elements: 'str',
    aliases: ['ports'],
    doc: 'Ports for the outside, as [address:][port:]inside[/protocol], with ranges such as 80-90.',
  },
  exposed_ports: {
    type: 'list',
    elements: 'str',
    aliases: ['exposed', 'expose'],
    doc: 'Ports that only other containers are told of.',
  },
  publish_all_ports: { type: 'bool', doc: 'Publish every exposed port, wherever there is room.' },
  links: { type: 'list', elements: 'str', doc: 'Containers of the default network, as name[:alias].' },
  hostname: { type: 'str', doc: 'Its host name.' },
  domainname: { type: 'str', doc: 'Its domain.' },
  mac_address: { type: 'str', doc: 'Its hardware address.' },
  etc_hosts: { type: 'dict', doc: 'Names with their addresses for its /etc/hosts.' },
  dns_servers: { type: 'list', elements: 'str', doc: 'Name servers.' },
  dns_search_domains: { type: 'list', elements: 'str', doc: 'Domains that names are completed with.' },
  dns_opts: { type: 'list', elements: 'str', doc: 'Options of the resolver.' },
} as const satisfies ArgSpec;
