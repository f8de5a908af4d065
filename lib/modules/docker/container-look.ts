import { path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import { textOf } from '../probed-file.js';
import { StepError } from '../steps.js';
import type { ContainerArgs } from './container-args.js';
import { type Engine, objectOf, objectsOf } from './engine.js';
import { imageName, imagePath, imageText, isImageId } from './image-name.js';
import type { Seen } from './wish-process.js';

/** What was found at first: the container, and its wished image. */
export type First = {
  readonly container?: JsonObject;
  readonly image?: JsonObject;
  readonly seen: Seen;
};

/** Where the engine tells about a container. */
export function containerPath(name: string, more = '/json'): string {
  return `/containers/${encodeURIComponent(name)}${more}`;
}

/** A short word may begin the id of a container that has nothing to do with it: the engine's find must be meant. */
export function meant(name: string, found: JsonObject | undefined): JsonObject | undefined {
  const id = String(found?.Id);
  const called = found?.Name === `/${name.replace(/^\//, '')}`;
  return called || id === name || (name.length >= 12 && id.startsWith(name)) ? found : undefined;
}

/** The same for a network. */
export function meantNetwork(name: string, found: JsonObject | undefined): JsonObject | undefined {
  return found?.Name === name || (name.length >= 12 && String(found?.Id).startsWith(name))
    ? found
    : undefined;
}

async function homeOf(info: RunInfo, a: ContainerArgs): Promise<string | undefined> {
  if (!a.volumes?.some((v) => /^[.~]/.test(v))) return undefined;
  const done = await info.node.run({ line: 'printf %s "$HOME"', env: info.environment }, info.become);
  return done.stdout.toString('utf8');
}

async function envFileOf(info: RunInfo, a: ContainerArgs): Promise<string | undefined> {
  if (a.env_file === undefined) return undefined;
  const [answer] = await info.node.ask([path(a.env_file, { content: true, follow: true })], info.become);
  const text = answer?.kind === 'path' ? textOf(answer) : undefined;
  if (text === undefined)
    throw new StepError(`env_file: there is no file ${a.env_file} that can be read on the node`);
  return text;
}

function namedContainers(a: ContainerArgs): string[] {
  return [a.network_mode, a.ipc_mode, a.pid_mode].flatMap((mode) =>
    mode?.startsWith('container:') ? [mode.slice(10)] : [],
  );
}

/** The image that a task names, in the engine's words. */
export function wantedImage(image: string): string {
  return isImageId(image) ? image : imageText(imageName(image));
}

/** Looks at the container and everything that it is compared with, in one connection. */
export async function firstLook(info: RunInfo, a: ContainerArgs, engine: Engine): Promise<First> {
  const others = namedContainers(a);
  const [container, networks, image, ...found] = await engine.get(
    containerPath(a.name),
    '/networks',
    ...(a.image === undefined ? [] : [imagePath(wantedImage(a.image))]),
    ...others.map((name) => containerPath(name)),
  );
  const [first, ...rest] = a.image === undefined ? [undefined, image, ...found] : [image, ...found];
  const ids = others.flatMap((name, i) => {
    const id = objectOf(rest[i])?.Id;
    return id === undefined ? [] : [[name, String(id)] as const];
  });
  const seen = {
    networks: objectsOf(networks),
    ids: Object.fromEntries(ids),
    envFile: await envFileOf(info, a),
    home: await homeOf(info, a),
  };
  return { container: meant(a.name, objectOf(container)), image: objectOf(first), seen };
}

/** A part of what the engine says of a container. */
export function stateOf(container: JsonObject | undefined): JsonObject {
  return objectOf(container?.State) ?? {};
}

/** Whether a container runs (also when it is frozen). */
export function isRunning(container: JsonObject | undefined): boolean {
  return stateOf(container).Running === true;
}

/** Whether a container is just being removed. */
export function isGoing(container: JsonObject | undefined): boolean {
  return stateOf(container).Status === 'removing';
}
