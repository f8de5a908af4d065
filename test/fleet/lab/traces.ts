import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { command } from '../../../lib/lab/command.js';
import { networkId } from '../../../lib/lab/state.js';

/** Everything that a lab at a network has left on this machine, as far as it can be known by its names. */
export async function tracesOf(prefix: string, dir: string): Promise<string[]> {
  const id = networkId(prefix);
  const links = readdirSync('/sys/class/net').filter((name) => name.includes(id));
  const groups = (await command(['find', '/sys/fs/cgroup', '-maxdepth', '2', '-name', `ffe-${id}`])).split(
    '\n',
  );
  const tables = (await command(['nft', 'list', 'tables'])).split('\n').filter((line) => line.includes(id));
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(dir));
  const spawned = ['/run/systemd/nspawn/propagate', '/run/ffe-provision/labs'].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.includes(id))
          .map((name) => join(folder, name))
      : [],
  );
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, all]) =>
    (all ?? []).filter((a) => a.address.startsWith(`${prefix}.`)).map((a) => `${name} ${a.address}`),
  );
  const processes = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && commandLine(name).includes(dir),
  );
  const folder = existsSync(dir) ? [dir] : [];
  return [
    ...links,
    ...groups.filter(Boolean),
    ...tables,
    ...mounts,
    ...spawned,
    ...addresses,
    ...processes,
    ...folder,
  ];
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
