import type { JsonObject } from '../../values/json.js';
import { addAddresses, type Interfaces } from './addresses.js';
import { type Gathered, linesOf, printed } from './gathered.js';
import { OUTSIDE } from './script.js';

// Types of network devices by ARPHRD_ number (if_arp.h); all others are 'unknown'.
const TYPES: Readonly<Record<string, string>> = {
  '1': 'ether',
  '32': 'infiniband',
  '512': 'ppp',
  '772': 'loopback',
  '65534': 'tunnel',
};

const PROMISCUOUS = 0x100;

/** Interfaces by name, the default ones, and all addresses. */
export function networkFacts(gathered: Gathered): JsonObject {
  const names = gathered.links(/^\/sys\/class\/net\/[^/]+$/).map(([path]) => path.split('/')[4]!);
  const interfaces: Interfaces = Object.fromEntries(names.map((n) => [n, describe(gathered, n)]));
  const lines = linesOf(printed(gathered, 'ip'));
  const defaults = { v4: defaultRoute(lines, OUTSIDE[0]), v6: defaultRoute(lines, OUTSIDE[1]) };
  const all = addAddresses(interfaces, defaults, lines);
  addFeatures(interfaces, printed(gathered, 'features'));
  const named = Object.entries(interfaces).map(([name, facts]) => [factName(name), facts]);
  return {
    // Further labels of an interface are listed as well, by the names of their facts.
    interfaces: Object.keys(interfaces).map((name) => name.replace(':', '_')),
    ...(Object.fromEntries(named) as JsonObject),
    default_ipv4: defaults.v4,
    default_ipv6: defaults.v6,
    ...all,
  };
}

/** Characters that no variable's name can hold become `_`. */
function factName(name: string): string {
  return name.replace(/[-:]/g, '_');
}

/** `8.8.8.8 via 10.0.0.1 dev eth0 src 10.0.0.5 ...` */
function defaultRoute(lines: readonly string[], outside: string): JsonObject {
  const words = lines.find((line) => line.startsWith(`${outside} `))?.split(/\s+/) ?? [];
  const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const route = { gateway: after('via'), interface: after('dev'), address: after('src') };
  return Object.fromEntries(Object.entries(route).filter(([, value]) => value !== undefined));
}

function describe(gathered: Gathered, device: string): JsonObject {
  const dir = `/sys/class/net/${device}`;
  const read = (name: string) => gathered.file(`${dir}/${name}`);
  const [mac, mtu, state, type, speed, flags] = ['address', 'mtu', 'operstate', 'type', 'speed', 'flags'].map(
    read,
  );
  const module = gathered.link(`${dir}/device/driver/module`);
  const pci = gathered.link(`${dir}/device`);
  return {
    device,
    ...(mac !== undefined && mac !== '00:00:00:00:00:00' && { macaddress: mac }),
    ...(mtu !== undefined && { mtu: Number(mtu) }),
    ...(state !== undefined && { active: state !== 'down' }),
    ...(module !== undefined && { module: module.slice(module.lastIndexOf('/') + 1) }),
    ...(type !== undefined && { type: TYPES[type] ?? 'unknown' }),
    ...bridge(gathered, dir),
    ...bond(gathered, dir),
    ...(pci !== undefined && { pciid: pci.slice(pci.lastIndexOf('/') + 1) }),
    ...(speed !== undefined && { speed: Number(speed) }),
    ...(flags !== undefined && { promisc: (Number(flags) & PROMISCUOUS) > 0 }),
  };
}

function bridge(gathered: Gathered, dir: string): JsonObject {
  const id = gathered.file(`${dir}/bridge/bridge_id`);
  if (id === undefined) return {};
  const ports = gathered.links(/\/brif\//).filter(([p]) => p.startsWith(`${dir}/brif/`));
  const stp = gathered.file(`${dir}/bridge/stp_state`) === '1';
  return { type: 'bridge', interfaces: ports.map(([p]) => p.slice(p.lastIndexOf('/') + 1)), id, stp };
}

function bond(gathered: Gathered, dir: string): JsonObject {
  const read = (name: string) => gathered.file(`${dir}/bonding/${name}`);
  const first = (name: string) => read(name)?.split(' ')[0];
  const permanent = gathered.file(`${dir}/bonding_slave/perm_hwaddr`);
  const slave = permanent === undefined ? {} : { perm_macaddress: permanent };
  if (read('mode') === undefined) return slave;
  const primary = read('primary');
  return {
    ...slave,
    type: 'bonding',
    slaves: read('slaves')?.split(' ') ?? [],
    mode: first('mode'),
    miimon: first('miimon'),
    lacp_rate: first('lacp_rate'),
    ...(primary !== undefined && { primary, all_slaves_active: read('all_slaves_active') === '1' }),
  };
}

/** `ethtool -k`, where it is installed: `=eth0`, then `name: value` lines. */
function addFeatures(interfaces: Interfaces, text: string): void {
  for (const block of text.split(/^=/m).slice(1)) {
    const [name = '', ...lines] = linesOf(block);
    const pairs = lines.filter((l) => !l.endsWith(':')).map((l) => l.split(':').map((w) => w.trim()));
    const features = Object.fromEntries(pairs.map(([key = '', value]) => [key.replaceAll('-', '_'), value]));
    if (interfaces[name] !== undefined && pairs.length > 0) interfaces[name].features = features;
  }
}
