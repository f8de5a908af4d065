import type { Json, JsonObject } from '../../values/json.js';
import { splitWords } from '../command/words.js';
import { StepError } from '../steps.js';
import type { ContainerArgs } from './container-args.js';
import { objectOf } from './engine.js';

/** What was looked at besides the container: the image to compare with, networks, and texts of files. */
export type Seen = {
  readonly image?: JsonObject;
  readonly networks: readonly JsonObject[];
  /** Ids of containers that are named by `container:NAME`. */
  readonly ids: Readonly<Record<string, string>>;
  readonly envFile?: string;
  readonly home?: string;
};

/** The image's own settings. */
export function imageConfig(seen: Seen): JsonObject {
  return objectOf(seen.image?.Config) ?? {};
}

/** The words of the command; undefined leaves it to the image. */
export function commandWish({ command, command_handling }: ContainerArgs): string[] | undefined {
  if (command === undefined || command === null) return undefined;
  const correct = command_handling === 'correct';
  if (Array.isArray(command)) {
    const words = command.map(String);
    if (correct) return words;
    return words.length === 0 ? undefined : splitWords(words.join(' '));
  }
  if (typeof command === 'object') throw new StepError('command must be a text or a list');
  return command === '' && !correct ? undefined : splitWords(String(command));
}

/** The words that the command is handed to. */
export function entrypointWish({ entrypoint, command_handling }: ContainerArgs): string[] | undefined {
  if (entrypoint === undefined || command_handling === 'correct') return entrypoint;
  return entrypoint.length === 0 ? undefined : splitWords(entrypoint.join(' '));
}

/** Names and values of a file of environment variables; a StepError for a line that is neither that nor a comment. */
function fromEnvFile(text: string): [string, string][] {
  return text.split('\n').flatMap((raw): [string, string][] => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const at = line.indexOf('=');
    if (at < 0) throw new StepError('Invalid line in environment file: it should be NAME=VALUE');
    return [[line.slice(0, at), line.slice(at + 1)]];
  });
}

/** The values of a dict, all of which must be texts; a StepError names the one that is not. */
export function textsOnly(option: string, given: JsonObject): [string, string][] {
  return Object.entries(given).map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    throw new StepError(
      `Non-string value found for ${option} option. Ambiguous ${option} options must be wrapped in quotes to avoid them being interpreted. Key: ${name}`,
    );
  });
}

/** Environment variables as NAME=VALUE. */
export function envWish({ env, env_file }: ContainerArgs, seen: Seen): string[] | undefined {
  if (env === undefined && env_file === undefined) return undefined;
  const merged = new Map([...fromEnvFile(seen.envFile ?? ''), ...textsOnly('env', env ?? {})]);
  return [...merged].map(([name, value]) => `${name}=${value}`);
}

/** The same with those of the image, which a container has too. */
export function envExpected(wish: Json | undefined, seen: Seen): string[] {
  const image = imageConfig(seen).Env;
  const pairs = [...(Array.isArray(image) ? image : []), ...(Array.isArray(wish) ? wish : [])].map(String);
  return [...new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair])).values()];
}

/** Labels, all of them texts. */
export function labelsWish({ labels }: ContainerArgs): JsonObject | undefined {
  return labels && Object.fromEntries(textsOnly('labels', labels));
}

/** The image's labels with those that are wished over them. */
export function labelsExpected(wish: Json | undefined, a: ContainerArgs, seen: Seen): JsonObject | undefined {
  if (wish === undefined) return undefined;
  const own = a.image_label_mismatch === 'ignore' ? objectOf(imageConfig(seen).Labels) : {};
  return { ...own, ...objectOf(wish) };
}

const UNITS = { h: 3_600_000_000_000, m: 60_000_000_000, s: 1_000_000_000, ms: 1_000_000, us: 1000 };
const DURATION = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?(?:(\d+)us)?$/;

/** A time such as 1m30s in nanoseconds; a StepError for anything else. */
export function nanoseconds(text: string): number {
  const parts = DURATION.exec(text);
  if (!parts) throw new StepError(`Invalid time duration - ${text}: write it as 1h30m, 10s or 500ms`);
  return Object.values(UNITS).reduce((sum, unit, i) => sum + unit * Number(parts[i + 1] ?? 0), 0);
}

/** A check of health as the engine takes it; times of zero are left to the engine. */
export function healthWish({ healthcheck: given }: ContainerArgs): JsonObject | undefined {
  if (given === undefined) return undefined;
  const test = Array.isArray(given.test)
    ? given.test.map(String)
    : given.test
      ? ['CMD-SHELL', String(given.test)]
      : [];
  if (test.length === 0 && !given.test_cli_compatible) return { Test: ['NONE'] };
  const times = Object.entries({
    Interval: given.interval,
    Timeout: given.timeout,
    StartPeriod: given.start_period,
    StartInterval: given.start_interval,
  }).map(([k, text]) => [k, text === undefined ? 0 : nanoseconds(text)] as const);
  const numbers = [...times, ['Retries', given.retries ?? 0] as const].filter(([, n]) => n !== 0);
  return { ...(test.length > 0 ? { Test: test } : {}), ...Object.fromEntries(numbers) };
}

/** A container's check of health, where none is the same as NONE. */
export function healthNow(check: Json | undefined): JsonObject {
  const found = objectOf(check);
  return found === undefined || (Array.isArray(found.Test) && found.Test[0] === 'NONE')
    ? { Test: ['NONE'] }
    : found;
}
