import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ipv6Of } from './addresses.js';
import { readAptSetup } from './apt.js';
import { operatorHash } from './keys.js';
import { type Lab, type LabNode, namesOf } from './state.js';

/** What is the same for every node of one lab: apt's proxies and the hash of the operator's password. */
export type Seed = { proxy: Readonly<Record<string, string>>; operatorHash: string };

/** What every node of the lab is given on its first start; the costly parts are worked out once. */
export async function seedOf(lab: Lab): Promise<Seed> {
  const [apt, hash] = await Promise.all([readAptSetup(lab.image.suite), operatorHash(lab)]);
  return { proxy: apt.proxy, operatorHash: hash };
}

const HOMES = ['/root', '/home/admin', '/home/operator'];

/** The resolver of this machine as a node can use it: a stub on the loopback is replaced by what stands behind it. */
function resolver(): string {
  const own = readFileSync('/etc/resolv.conf', 'utf8');
  const behind = '/run/systemd/resolve/resolv.conf';
  return /^nameserver\s+(127\.|::1)/m.test(own) && existsSync(behind) ? readFileSync(behind, 'utf8') : own;
}

function network(lab: Lab, node: LabNode): string {
  const six = ipv6Of(node.address);
  return [
    '[Match]\nName=host0\n\n[Network]',
    `Address=${node.address}/24\nGateway=${lab.prefix}.1`,
    `Address=${six}/64\nIPv6AcceptRA=no\n`,
  ].join('\n');
}

function proxyLines(lab: Lab, seed: Seed): string {
  const reachable = (url: string) =>
    url.replace(/\/\/(localhost|127\.\d+\.\d+\.\d+)(?=[:/]|$)/, `//${lab.prefix}.1`);
  return Object.entries(seed.proxy)
    .map(([name, url]) => `${name} "${reachable(url)}";\n`)
    .join('');
}

/** Writes what makes a node this node: name, address, keys, passwords. `root` is its mounted file system. */
export function seedNode(lab: Lab, node: LabNode, root: string, seed: Seed): void {
  const put = (path: string, text: string, mode = 0o644, uid = 0, gid = 0) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
    chmodSync(file, mode);
    chownSync(file, uid, gid);
  };
  const { hostKey } = namesOf(lab, node);
  put('/etc/hostname', `${node.name}\n`);
  put('/etc/hosts', `127.0.0.1 localhost ${node.name}\n::1 localhost ip6-localhost ip6-loopback\n`);
  put(
    '/etc/machine-id',
    `${createHash('md5').update(`${lab.name}/${node.name}/${node.address}`).digest('hex')}\n`,
    0o444,
  );
  put('/etc/resolv.conf', resolver());
  put('/etc/systemd/network/10-host0.network', network(lab, node));
  put('/etc/ssh/ssh_host_ed25519_key', readFileSync(hostKey, 'utf8'), 0o600);
  put('/etc/ssh/ssh_host_ed25519_key.pub', readFileSync(`${hostKey}.pub`, 'utf8'));
  if (Object.keys(seed.proxy).length > 0) put('/etc/apt/apt.conf.d/80lab-proxy', proxyLines(lab, seed));
  const key = readFileSync(`${lab.keyFile}.pub`, 'utf8');
  for (const home of HOMES) {
    const { uid, gid } = statSync(join(root, home));
    mkdirSync(join(root, home, '.ssh'), { recursive: true, mode: 0o700 });
    chownSync(join(root, home, '.ssh'), uid, gid);
    put(join(home, '.ssh/authorized_keys'), key, 0o600, uid, gid);
  }
  const shadow = join(root, 'etc/shadow');
  writeFileSync(
    shadow,
    readFileSync(shadow, 'utf8').replace(/^operator:[^:]*:/m, () => `operator:${seed.operatorHash}:`),
  );
}
