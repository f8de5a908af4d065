import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { statOf } from '../../values/stat.js';
import { needsServer, type Requirement } from './requirement.js';

/** Whether a git server is believed whatever its certificate says. */
export type Fetching = { readonly anyCertificate: boolean };

/** What was fetched: a folder to copy from, and the version it is, where that is known. */
export type Obtained = { readonly dir: string; readonly version: string };

function run(program: string, args: readonly string[], requirement: Requirement): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['inherit', 'pipe', 'pipe'] }).trim();
  } catch (cause) {
    const { stderr = '', code } = cause as { stderr?: string; code?: string };
    throw new FfeError('not-found', `${requirement.source} cannot be fetched`, {
      pos: requirement.pos,
      notes: code === 'ENOENT' ? [`${program} is not installed`] : stderr.trim().split('\n').slice(-5),
    });
  }
}

function cloned(requirement: Requirement, into: string, how: Fetching): Obtained {
  const { source, version, within = '' } = requirement;
  if (version?.startsWith('-') || source.startsWith('-'))
    throw new FfeError('bad-value', `'${version ?? source}' is neither a version nor an address`, {
      pos: requirement.pos,
    });
  const trust = how.anyCertificate ? ['-c', 'http.sslVerify=false'] : [];
  run('git', [...trust, 'clone', '--quiet', '--', source, into], requirement);
  const wanted = version && version !== '*' ? version : 'HEAD';
  if (wanted !== 'HEAD') run('git', ['-C', into, 'checkout', '--quiet', wanted], requirement);
  return { dir: join(into, within), version: wanted === 'HEAD' ? '' : wanted };
}

/** The folder of an archive that holds one of the marks, at most two levels down. */
function rootOf(dir: string, marks: readonly string[]): string {
  const holds = (path: string): boolean => marks.some((mark) => fs.existsSync(join(path, mark)));
  if (holds(dir)) return dir;
  const inner = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const found = inner.map(({ name }) => join(dir, name)).find(holds);
  return found ?? (inner.length === 1 ? join(dir, inner[0]!.name) : dir);
}

async function downloaded(requirement: Requirement, file: string): Promise<string> {
  if (!/^https?:/.test(requirement.source)) return requirement.source;
  const failed = (why: string): FfeError =>
    new FfeError('not-found', `${requirement.source} cannot be fetched`, {
      pos: requirement.pos,
      notes: [why],
    });
  const answer = await fetch(requirement.source).catch((cause: Error) => {
    throw failed(String(cause.cause ?? cause.message));
  });
  if (!answer.ok) throw failed(`the server answered ${answer.status} ${answer.statusText}`);
  fs.writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
  return file;
}

const MARKS = {
  role: ['meta/main.yml', 'meta/main.yaml', 'tasks/main.yml'],
  collection: ['MANIFEST.json', 'galaxy.yml'],
} as const;

async function obtain(requirement: Requirement, into: string, how: Fetching): Promise<Obtained> {
  const { way, source, kind, version = '', pos } = requirement;
  if (way === 'galaxy') throw needsServer(requirement);
  if (way === 'git') return cloned(requirement, into, how);
  if (way === 'archive') {
    const archive = await downloaded(requirement, `${into}.archive`);
    fs.mkdirSync(into);
    run('tar', ['--no-same-owner', '-xf', archive, '-C', into], requirement);
    return { dir: rootOf(into, MARKS[kind]), version };
  }
  if (statOf(source)?.isDirectory()) return { dir: source, version };
  throw new FfeError('not-found', `the ${kind} '${source}' was not found`, { pos });
}

/** Fetches what a requirement names, for as long as `use` needs it. Throws an FfeError with the requirement's place. */
export async function obtained<T>(
  requirement: Requirement,
  how: Fetching,
  use: (got: Obtained) => T | Promise<T>,
): Promise<T> {
  const holder = fs.mkdtempSync(join(tmpdir(), 'ffe-install-'));
  try {
    return await use(await obtain(requirement, join(holder, 'content'), how));
  } finally {
    fs.rmSync(holder, { recursive: true, force: true });
  }
}

/** Puts a folder's content in place of another one: at no moment is half of it there. */
export function place(from: string, to: string): void {
  fs.mkdirSync(join(to, '..'), { recursive: true });
  const draft = `${to}.${process.pid}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.cpSync(from, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/(?:^|\/)\.git$/.test(path),
  });
  fs.rmSync(to, { recursive: true, force: true });
  fs.renameSync(draft, to);
}
