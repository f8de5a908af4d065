import { path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import { textOf } from '../probed-file.js';
import { StepError } from '../steps.js';
import { objectOf } from './engine.js';

/** Who logs in to a registry. */
export type Login = { readonly username: string; readonly password: string };

type Where = Pick<RunInfo, 'node' | 'become' | 'environment' | 'signal'>;

/** A file of docker's settings: what it holds, and how it was found. */
export type Settings = { readonly config: JsonObject; readonly file: Awaited<ReturnType<typeof lookAt>> };

async function lookAt(info: Where, file: string) {
  const [answer] = await info.node.ask([path(file, { content: true, follow: true })], info.become);
  if (answer?.kind !== 'path') throw new StepError(`${file}: it cannot be looked at`);
  return answer;
}

/** Reads docker's settings; without a file there are none. */
export async function readSettings(info: Where, file: string): Promise<Settings> {
  const found = await lookAt(info, file);
  const text = textOf(found);
  try {
    return { config: objectOf(JSON.parse(text?.trim() || '{}')) ?? {}, file: found };
  } catch {
    throw new StepError(`${file} is not JSON`);
  }
}

/** The program that keeps logins of a registry, when it is not the file itself. */
export function helperOf(config: JsonObject, registry: string): string | undefined {
  const helpers = objectOf(config.credHelpers) ?? {};
  const host = registry.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const name = helpers[registry] ?? helpers[host] ?? config.credsStore;
  return typeof name === 'string' && name !== '' ? `docker-credential-${name}` : undefined;
}

/** Has such a program do something; what it is told goes in by stdin. Undefined when it has nothing. */
export async function askHelper(
  info: Where,
  helper: string,
  verb: 'get' | 'store' | 'erase',
  input: string,
): Promise<string | undefined> {
  const { environment: env, signal } = info;
  const argv = [helper, verb];
  const done = await info.node.run({ argv, env, stdin: Buffer.from(input), signal }, info.become);
  const said = done.stdout.toString('utf8').trim();
  if (done.rc === 0) return said;
  if (verb === 'get' && /credentials not found/i.test(said)) return undefined;
  throw new StepError(
    `${helper} ${verb}: ${said || done.stderr.toString('utf8').trim() || `it ended with ${done.rc}`}`,
  );
}

/** The login that is kept for a registry. */
export async function keptLogin(
  info: Where,
  config: JsonObject,
  registry: string,
): Promise<Login | undefined> {
  const helper = helperOf(config, registry);
  if (helper !== undefined) {
    const said = await askHelper(info, helper, 'get', registry);
    const found = said === undefined ? undefined : objectOf(JSON.parse(said));
    return found && { username: String(found.Username), password: String(found.Secret) };
  }
  const entry = objectOf(objectOf(config.auths)?.[registry]);
  if (typeof entry?.auth !== 'string') return undefined;
  const text = Buffer.from(entry.auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Settings with a login for a registry, or without one. */
export function withLogin(config: JsonObject, registry: string, login: Login | undefined): JsonObject {
  const auths = { ...objectOf(config.auths) };
  if (login)
    auths[registry] = { auth: Buffer.from(`${login.username}:${login.password}`).toString('base64') };
  else delete auths[registry];
  return { ...config, auths };
}
