import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import SSHConfig, { glob } from 'ssh-config';
import { FfeError } from '../../errors/error.js';
import type { SshOptions } from './args.js';

/** Replaces a leading `~`. */
export function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

/** Reads an ssh config file and what it includes; a missing one is empty. Throws code 'parse'. */
export async function loadSshConfig(file = join(homedir(), '.ssh/config')): Promise<SSHConfig> {
  const text = await withIncludes(file, dirname(file), 0);
  try {
    return SSHConfig.parse(text);
  } catch (cause) {
    throw new FfeError('parse', `${file}: ${(cause as Error).message}`, { cause });
  }
}

// The library does not follow Include. Its lines stand where the directive stood, so that a Host above it applies.
async function withIncludes(file: string, folder: string, depth: number): Promise<string> {
  if (depth > 16) throw new FfeError('parse', `${file}: Include goes more than 16 levels deep`);
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').map(async (line) => {
    const include = /^\s*include[\s=]\s*(.+?)\s*$/i.exec(line);
    if (include === null) return line;
    const files = await Promise.all(include[1]!.split(/\s+/).map((word) => expand(word, folder)));
    return (await Promise.all(files.flat().map((one) => withIncludes(one, folder, depth + 1)))).join('\n');
  });
  return (await Promise.all(lines)).join('\n');
}

async function expand(word: string, folder: string): Promise<string[]> {
  const bare = expandHome(word.replace(/^"(.*)"$/, '$1'));
  const path = isAbsolute(bare) ? bare : join(folder, bare);
  if (!/[*?]/.test(basename(path))) return [path];
  const names = await readdir(dirname(path)).catch(() => []);
  const pattern = basename(path);
  return names
    .filter((name) => glob(pattern, name))
    .map((name) => join(dirname(path), name))
    .sort();
}

/** What the config file says for a host, by lower-case names. */
export function optionsFor(config: SSHConfig, host: string, user: string | undefined): SshOptions {
  const computed = config.compute(user === undefined ? { Host: host } : { Host: host, User: user }, {
    ignoreCase: true,
  });
  return new Map(
    Object.entries(computed).map(([name, value]) => [name.toLowerCase(), [value].flat().map(String)]),
  );
}
