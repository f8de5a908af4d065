import { posix } from 'node:path';
import { path } from '../../node/queries/query.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import { StepError, step } from '../steps.js';
import { type ClientArgs, dockerWords } from './client-args.js';
import type { ProjectArgs } from './compose-args.js';
import { objectsOf } from './engine.js';

const NOT_FOUND = 127;
const USUAL = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

type Where = Pick<RunInfo, 'node' | 'become' | 'environment' | 'signal' | 'did'>;
type Said = { readonly rc: number; readonly out: string; readonly err: string };

/** A project of docker compose, and how it is talked to. */
export type Project = {
  /** Runs a verb with its words; a StepError when it fails. */
  readonly run: (words: readonly string[], options?: { readonly dry?: boolean }) => Promise<Said>;
  /** What a verb lists as JSON, as a list or one object a line. */
  readonly list: (words: readonly string[]) => Promise<JsonObject[]>;
  /** The names of all volumes that the engine has. */
  readonly volumes: () => Promise<ReadonlySet<string>>;
};

/** One thing that compose has done, or would do. */
export type ComposeEvent = { readonly what: string; readonly id: string; readonly status: string };

const WORKING = new Set(
  'Creating Starting Restarting Stopping Killing Removing Recreate Pulling Building Unpausing'.split(' '),
);

/** What compose says on its way, without what it found as it should be. */
export function eventsOf(text: string): ComposeEvent[] {
  const found = text.split('\n').flatMap((line) => {
    const match =
      /^\s*(?:DRY-RUN MODE -\s+)?(Container|Network|Volume|Image|Service)\s+"?(\S+?)"?\s+([A-Z][a-z]+)\b/.exec(
        line,
      );
    if (!match) return [];
    return [{ what: match[1]!.toLowerCase(), id: match[2]!, status: match[3]! }];
  });
  return found.filter((event) => WORKING.has(event.status));
}

/** A failure in compose's own words: the last line that is no progress. */
export function failure({ rc, out, err }: Said): string {
  const lines = (err.trim() || out.trim())
    .split('\n')
    .filter((line) => !/^\s*(?:Container|Network|Volume) /.test(line));
  return lines.at(-1)?.trim() || `docker compose ended with ${rc}`;
}

/** The words that lead to a project, and what compose reads. */
export function projectWords(a: ProjectArgs): { words: string[]; stdin: string } {
  const [docker, ...options] = dockerWords({ ...a, timeout: 0, debug: false } as unknown as ClientArgs);
  const files = a.definition ? ['-'] : (a.files ?? []);
  const words = [
    a.docker_cli ?? docker!,
    ...options,
    ...(a.cli_context === undefined ? [] : ['--context', a.cli_context]),
    ...['compose', '--ansi', 'never'],
    ...(a.project_src === undefined ? [] : ['--project-directory', a.project_src]),
    ...(a.project_name === undefined ? [] : ['--project-name', a.project_name]),
    ...files.flatMap((file) => ['--file', file === '-' ? file : posix.resolve(a.project_src ?? '/', file)]),
    ...(a.env_files ?? []).flatMap((file) => ['--env-file', file]),
    ...(a.profiles ?? []).flatMap((profile) => ['--profile', profile]),
  ];
  return { words, stdin: a.definition ? JSON.stringify(a.definition) : '' };
}

async function refuseEmpty(info: Where, a: ProjectArgs): Promise<void> {
  const src = a.project_src;
  if (src === undefined || !a.check_files_existing) return;
  const names = a.files?.length ? a.files : USUAL;
  const queries = [src, ...names.map((name) => posix.resolve(src, name))].map((p) =>
    path(p, { follow: true }),
  );
  const answers = await info.node.ask(queries, info.become);
  const [folder, ...files] = answers.map((answer) =>
    answer.kind === 'path' && answer.exists ? answer.type : '',
  );
  if (folder !== 'directory') throw new StepError(`"${src}" is not a directory`);
  const missing = names.filter((_, i) => files[i] === '');
  if (a.files?.length && missing.length > 0)
    throw new StepError(`Cannot find Compose file "${missing[0]}" relative to project directory "${src}"`);
  if (missing.length === names.length)
    throw new StepError(`"${src}" does not contain ${USUAL.slice(0, -1).join(', ')}, or ${USUAL.at(-1)}`);
}

function parsed(text: string): JsonObject[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (trimmed.startsWith('[')) return objectsOf(JSON.parse(trimmed) as Json);
  return objectsOf(trimmed.split('\n').map((line) => JSON.parse(line) as Json));
}

/** The project that a task's arguments lead to; a StepError when it cannot be one. */
export async function projectOf(info: Where, a: ProjectArgs): Promise<Project> {
  await refuseEmpty(info, a);
  const { words, stdin } = projectWords(a);
  const run: Project['run'] = async (more, { dry } = {}) => {
    const argv = [...words, ...(dry ? ['--dry-run'] : []), ...more];
    const { environment: env, signal } = info;
    // A definition has no folder: what it says of paths is meant from the root.
    const cwd = a.project_src ?? '/';
    const done = await info.node.exec({ argv, env, signal, cwd, stdin: Buffer.from(stdin) }, info.become);
    const said = { rc: done.rc, out: done.stdout.toString('utf8'), err: done.stderr.toString('utf8') };
    if (done.rc === 0) return said;
    const lacking =
      done.rc === NOT_FOUND || /is not a docker command|unknown (?:shorthand )?flag/.test(said.err);
    if (lacking)
      throw new StepError(
        `Docker Compose 2 is not on the node (${failure(said)}); its package is docker-compose-plugin, or docker-compose from Debian 13 on`,
      );
    if (!dry) for (const { what, id, status } of eventsOf(said.err)) info.did(`${what} ${id} ${status}`);
    throw new StepError(`General error: ${failure(said)}`, {
      stdout: said.out,
      stderr: said.err,
      rc: said.rc,
    });
  };
  const volumes = async () => {
    const docker = words.slice(0, words.indexOf('compose'));
    const done = await step(info, [...docker, 'volume', 'ls', '--quiet']);
    return new Set(done.out.split('\n'));
  };
  return { run, volumes, list: async (more) => parsed((await run(more)).out) };
}
