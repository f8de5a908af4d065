import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { bootId } from './process.js';
import { SETTINGS_FILE } from './registry.js';
import { writeWhole } from './state.js';

/** Kernel settings that labs need: routing for the nodes, and enough inotify objects for many systemds. */
const WANTED: Readonly<Record<string, number>> = {
  'net/ipv4/ip_forward': 1,
  'fs/inotify/max_user_instances': 8192,
};

type Saved = { boot: string; values: Record<string, number> };

const fileOf = (name: string) => `/proc/sys/${name}`;
const get = (name: string) => Number(readFileSync(fileOf(name), 'utf8'));

function saved(): Saved | undefined {
  if (!existsSync(SETTINGS_FILE)) return undefined;
  const found = JSON.parse(readFileSync(SETTINGS_FILE, 'utf8')) as Saved;
  return found.boot === bootId() ? found : undefined;
}

/** Raises this machine's settings to what labs need, and remembers the former values. Under the host lock. */
export function raiseSettings(): void {
  const names = Object.keys(WANTED);
  if (!saved()) {
    const values = Object.fromEntries(names.map((name) => [name, get(name)]));
    writeWhole(SETTINGS_FILE, JSON.stringify({ boot: bootId(), values }));
  }
  for (const name of names) if (get(name) < WANTED[name]!) writeFileSync(fileOf(name), String(WANTED[name]));
}

/** Puts back what `raiseSettings` changed, unless somebody has changed it since. Under the host lock, after the last lab. */
export function restoreSettings(): void {
  for (const [name, before] of Object.entries(saved()?.values ?? {})) {
    if (before < WANTED[name]! && get(name) === WANTED[name]) writeFileSync(fileOf(name), String(before));
  }
  rmSync(SETTINGS_FILE, { force: true });
}
