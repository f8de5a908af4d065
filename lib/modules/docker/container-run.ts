import type { JsonObject } from '../../values/json.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { StepError } from '../steps.js';
import type { ContainerArgs, containerArgs } from './container-args.js';
import { type First, firstLook, isGoing, isRunning, stateOf, wantedImage } from './container-look.js';
import {
  act,
  freeze,
  inspect,
  remove,
  restart,
  start,
  stop,
  type Work,
  waitGone,
  waitHealthy,
} from './container-work.js';
import { createBody, differences, modesOf, updateBody, withDefaults } from './differences.js';
import { engineOf, objectOf } from './engine.js';
import { apiPath } from './http.js';
import { imagePath, isImageId } from './image-name.js';
import { pullImage, pullMode } from './pull.js';
import { note, nothingTold, resultOf } from './told.js';
import { connected, endpoint, extraNetworks, networkDifferences, networkId } from './wish-network.js';

type Images = { readonly wanted?: JsonObject; readonly comparison?: JsonObject };

/** The wished image, pulled where that is needed, and the one that a container is compared with. */
async function imagesOf(work: Work, first: First): Promise<Images> {
  const { a, engine, told, info } = work;
  const current = async () =>
    first.container && !isGoing(first.container)
      ? engine.object(imagePath(String(first.container.Image)))
      : undefined;
  if (a.image === undefined) return { comparison: await current() };
  const name = wantedImage(a.image);
  const mode = pullMode(a.pull);
  const missing = first.image === undefined;
  if (missing && isImageId(a.image))
    throw new StepError(`Error inspecting image ID ${a.image}: no such image`);
  if (missing && mode === 'never') throw new StepError(`Cannot find image ${name}, and pull is never`);
  const pulls = !isImageId(a.image) && (missing || mode === 'always');
  const pulled = pulls && !info.check ? await pullImage(engine, name, a.platform) : first.image;
  const other = pulled?.Id !== first.image?.Id;
  if (pulls && (info.check ? missing || a.pull_check_mode_behavior === 'always' : other)) {
    told.changed = true;
    told.actions.push({ pulled_image: name });
    info.did(`pulled_image ${name}`);
  }
  const comparison = a.image_comparison === 'current-image' ? ((await current()) ?? pulled) : pulled;
  return { wanted: pulled, comparison };
}

async function create(work: Work, image: string): Promise<JsonObject | undefined> {
  const { a, seen, told } = work;
  const body = createBody(a, seen, image);
  const path = apiPath('/containers/create', { name: a.name, platform: a.platform });
  const action = { created: 'Created container', create_parameters: body };
  const made = objectOf(await act(work, action, { method: 'POST', path, body }, 'Error creating container'));
  for (const warning of Array.isArray(made?.Warnings) ? made.Warnings : [])
    told.warnings.push(`Docker warning: ${String(warning)}`);
  return made && inspect(work, String(made.Id));
}

/** Whether a container has to be made anew, with everything that says so noted. */
function mustGo(work: Work, container: JsonObject, { wanted, comparison }: Images): boolean {
  const { a, seen, modes, told } = work;
  const compared = { ...seen, image: comparison };
  const fixed = differences(a, compared, container, modes, false);
  const strict = modes.image === 'strict';
  const named = objectOf(container.Config)?.Image;
  const otherName =
    strict && a.image_name_mismatch === 'recreate' && a.image !== undefined && a.image !== named;
  if (otherName) note(told, 'image_name', a.image!, named ?? null);
  const otherImage = strict && wanted !== undefined && wanted.Id !== container.Image;
  if (otherImage) note(told, 'image', wanted.Id ?? null, container.Image ?? null);
  const found = fixed.length > 0 ? [...fixed, ...differences(a, compared, container, modes, true)] : [];
  if (!otherName && !otherImage && fixed.length === 0 && !a.recreate) return false;
  told.found.push(...found);
  told.diff.differences = found.map((d) => ({ [d.name]: { parameter: d.wish, container: d.now } }));
  if (otherImage) told.diff.image_different = true;
  return true;
}

async function recreate(work: Work, container: JsonObject): Promise<JsonObject | undefined> {
  const id = String(container.Id);
  if (isRunning(container)) await stop(work, container);
  await remove(work, id);
  await waitGone(work, id);
  return create(work, work.a.image ?? String(container.Image));
}

async function updateLimits(
  work: Work,
  container: JsonObject,
  image: Images,
): Promise<JsonObject | undefined> {
  const { a, seen, modes, told } = work;
  const found = differences(a, { ...seen, image: image.comparison }, container, modes, true);
  if (found.length === 0) return container;
  told.found.push(...found);
  const body = updateBody(a, seen);
  const id = String(container.Id);
  const action = { updated: id, update_parameters: body };
  const path = `/containers/${id}/update`;
  await act(work, action, { method: 'POST', path, body }, `Error updating container ${id}`);
  return work.info.check ? container : inspect(work, id);
}

async function leave(work: Work, container: JsonObject, name: string, id: string): Promise<void> {
  const body = { Container: container.Id };
  const doing = `Error disconnecting container from network ${name}`;
  const path = `/networks/${encodeURIComponent(id)}/disconnect`;
  await act(work, { removed_from_network: name }, { method: 'POST', path, body }, doing);
}

async function updateNetworks(
  work: Work,
  container: JsonObject,
  created: boolean,
): Promise<JsonObject | undefined> {
  const { a, seen, modes, told } = work;
  const wanted = modes.networks !== 'ignore' || created ? networkDifferences(a, seen, container) : [];
  for (const { network, id, now } of wanted) {
    const { name } = network;
    note(told, `network.${name}`, { ...network, id }, now ?? null);
    if (now) await leave(work, container, name, id);
    const body = { Container: container.Id, EndpointConfig: endpoint(network) };
    const action = { added_to_network: name, network_parameters: { ...network, id } };
    const path = `/networks/${id}/connect`;
    await act(work, action, { method: 'POST', path, body }, `Error connecting container to network ${name}`);
  }
  const purges = (modes.networks === 'strict' && a.networks !== undefined) || a.purge_networks;
  const extra = purges ? extraNetworks(a, container) : [];
  for (const name of extra) {
    const id = String(objectOf(connected(container)[name])?.NetworkID || name);
    note(told, `network.${name}`, null, { name, id });
    await leave(work, container, name, id);
  }
  const done = wanted.length > 0 || extra.length > 0;
  return done && !work.info.check ? inspect(work, String(container.Id)) : container;
}

async function intoState(work: Work, container: JsonObject, before: JsonObject | undefined) {
  const { a, told } = work;
  const up = a.state === 'started' || a.state === 'healthy';
  const was = isRunning(before);
  if (up && !isRunning(container)) {
    note(told, 'running', true, was);
    return start(work, container);
  }
  if (up && a.restart) {
    note(told, 'running', true, was);
    note(told, 'restarted', true, false);
    return restart(work, container);
  }
  if (a.state === 'stopped' && isRunning(container)) {
    note(told, 'running', false, was);
    await stop(work, container);
    return work.info.check ? container : inspect(work, String(container.Id));
  }
  return container;
}

async function present(work: Work, first: First): Promise<JsonObject | undefined> {
  const { a, told, info } = work;
  const before = first.container;
  const images = await imagesOf(work, first);
  const fresh = !before || isGoing(before);
  if (fresh && a.image === undefined)
    throw new StepError('Cannot create container when image is not specified!');
  if (fresh) note(told, 'exists', true, false);
  if (before && isGoing(before)) await waitGone(work, String(before.Id));
  const anew = fresh || mustGo(work, before, images);
  const made = fresh ? await create(work, a.image!) : anew ? await recreate(work, before) : before;
  const container = made ?? (fresh ? undefined : before);
  if (!container) return undefined;
  const shown = anew ? { ...images, comparison: images.wanted ?? images.comparison } : images;
  const limited = await updateLimits(work, container, shown);
  const joined = limited && (await updateNetworks(work, limited, anew));
  const running = joined && (await intoState(work, joined, before));
  return running && settle(work, running, before, info.check);
}

/** What comes after the start: frozen or not, and healthy. */
async function settle(work: Work, container: JsonObject, before: JsonObject | undefined, check: boolean) {
  const { a, told } = work;
  const up = a.state === 'started' || a.state === 'healthy';
  const paused = stateOf(container).Paused === true;
  const turned =
    up && a.paused !== undefined && paused !== a.paused && (isRunning(container) || check)
      ? await freezing(work, container, a.paused, stateOf(before).Paused === true)
      : container;
  if (a.state !== 'healthy' || check) return turned;
  return (await waitHealthy(work, String(container.Id))) ?? told.result;
}

async function freezing(work: Work, container: JsonObject, paused: boolean, was: boolean) {
  note(work.told, 'paused', paused, was);
  return freeze(work, container, paused);
}

async function absent(work: Work, container: JsonObject | undefined): Promise<void> {
  if (!container) return;
  if (isRunning(container)) {
    note(work.told, 'running', false, true);
    await stop(work, container);
  }
  note(work.told, 'exists', false, true);
  await remove(work, String(container.Id));
}

/** Makes a container what a task wants it to be. */
export async function runContainer(info: RunInfo<typeof containerArgs>): Promise<ModuleResult> {
  const a: ContainerArgs = withDefaults(info.args);
  const modes = modesOf(a);
  const engine = engineOf(info, a);
  const told = nothingTold();
  const first = await firstLook(info as RunInfo, a, engine);
  if (a.state !== 'absent' && !mayComeLater(info))
    for (const { name } of a.networks ?? []) networkId(name, first.seen);
  const work: Work = { info: info as RunInfo, a, engine, seen: first.seen, modes, told };
  const container = a.state === 'absent' ? await absent(work, first.container) : await present(work, first);
  if (container) told.result.container = container;
  return resultOf(told, info, a.debug);
}
