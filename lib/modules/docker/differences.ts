import type { Json, JsonObject } from '../../values/json.js';
import type { ArgSpec } from '../args.js';
import { StepError } from '../steps.js';
import { agrees, type Mode, usualMode } from './compare.js';
import { type ContainerArgs, containerArgs } from './container-args.js';
import { objectOf } from './engine.js';
import { type Field, nowOf, wishOf } from './field.js';
import { limitFields } from './limit-fields.js';
import { networkFields, storageFields } from './place-fields.js';
import { processFields } from './process-fields.js';
import { endpoint } from './wish-network.js';
import { imageConfig, type Seen } from './wish-process.js';

const FIELDS: readonly Field[] = [...processFields, ...limitFields, ...storageFields, ...networkFields];

/** One thing that is not as wished. */
export type Difference = { readonly name: string; readonly wish: Json; readonly now: Json };

/** How each option is compared. */
export type Modes = Readonly<Record<string, Mode>>;

/** Options whose comparison is no field's own: a container's image, and its networks. */
const APART: Modes = { image: 'strict', networks: 'allow_more_present' };

function checkedMode(option: string, mode: Json | undefined): Mode {
  if (mode !== 'strict' && mode !== 'ignore' && mode !== 'allow_more_present')
    throw new StepError(`Unknown comparison mode '${String(mode)}'!`);
  const kind = FIELDS.find((f) => f.name === option)?.kind ?? (option === 'image' ? 'value' : 'dicts');
  if (mode === 'allow_more_present' && kind === 'value')
    throw new StepError(
      `Option '${option}' is a value and not a set/list/dict, so its comparison cannot be ${option}`,
    );
  return mode;
}

function optionOf(key: string, known: Modes): string {
  const args: ArgSpec = containerArgs;
  const name = Object.keys(args).find((n) => n === key || args[n]!.aliases?.includes(key));
  if (name !== undefined && name in known) return name;
  if (name === undefined) throw new StepError(`Unknown module option '${key}' in comparisons dict!`);
  throw new StepError(
    `The module option '${key}' cannot be specified in the comparisons dict, since it does not correspond to container's state!`,
  );
}

function everything(a: ContainerArgs, usual: Modes): Modes {
  const all = a.comparisons?.['*'];
  if (all === undefined) return usual;
  if (all !== 'strict' && all !== 'ignore')
    throw new StepError("The wildcard can only be used with comparison modes 'strict' and 'ignore'!");
  const kept: Modes = a.networks === undefined ? { networks: usual.networks! } : {};
  return { ...Object.fromEntries(Object.keys(usual).map((name) => [name, all])), ...kept };
}

/** How each option is to be compared; a StepError for what `comparisons` cannot hold. */
export function modesOf(a: ContainerArgs): Modes {
  const usual: Record<string, Mode> = {
    ...APART,
    ...Object.fromEntries(FIELDS.map((f) => [f.name, usualMode(f.kind)])),
    stop_timeout: 'ignore',
  };
  if (a.ignore_image) usual.image = 'ignore';
  if (a.purge_networks) usual.networks = 'strict';
  const given = Object.entries(a.comparisons ?? {}).filter(([key]) => key !== '*');
  const own = given.map(([key, mode]) => {
    const option = optionOf(key, usual);
    return [option, checkedMode(option, mode)] as const;
  });
  const twice = own.find(([name], i) => own.findIndex(([other]) => other === name) !== i);
  if (twice)
    throw new StepError(`'${twice[0]}' is specified twice in comparisons dict, under its name and an alias!`);
  const modes: Modes = { ...everything(a, usual), ...Object.fromEntries(own) };
  return { ...modes, volume_binds: modes.volumes! };
}

function refuseLabels(a: ContainerArgs, seen: Seen): void {
  const own = Object.keys(objectOf(imageConfig(seen).Labels) ?? {});
  const extra = own.filter((label) => !(label in (a.labels ?? {})));
  if (extra.length > 0)
    throw new StepError(
      `Some labels should be removed but are present in the base image. You can set image_label_mismatch to 'ignore' to ignore this error. Labels: ${extra.map((l) => `"${l}"`).join(', ')}`,
    );
}

/** A set in order, so that its two sides are easily compared. */
function inOrder(field: Field, value: Json): Json {
  return field.kind === 'set' && Array.isArray(value) ? [...value].sort() : value;
}

/** What of a container is not as wished; `updates` picks what can, or cannot, be changed while it stays. */
export function differences(
  a: ContainerArgs,
  seen: Seen,
  container: JsonObject,
  modes: Modes,
  updates: boolean,
): Difference[] {
  return FIELDS.filter((f) => (f.updates ?? false) === updates).flatMap((field) => {
    const wanted = wishOf(field, a, seen);
    const wish = field.expected ? field.expected(wanted, a, seen) : wanted;
    const now = nowOf(field, container);
    const mode = modes[field.name]!;
    if (wish === undefined || agrees(wish, now, mode, field.kind)) return [];
    if (field.name === 'labels' && mode === 'strict' && a.image_label_mismatch === 'fail')
      refuseLabels(a, seen);
    return [{ name: field.name, wish: inOrder(field, wish), now: inOrder(field, now ?? null) }];
  });
}

function sent(field: Field, a: ContainerArgs, seen: Seen): [string, Json | undefined][] {
  const wish = wishOf(field, a, seen);
  if (wish === undefined || field.key === '') return [];
  return [[field.key, field.sent ? field.sent(wish, a) : wish]];
}

function attached({ detach, interactive }: ContainerArgs): JsonObject {
  const stays = !detach;
  const asks = stays && Boolean(interactive);
  return {
    AttachStdout: stays,
    AttachStderr: stays,
    AttachStdin: asks,
    StdinOnce: asks,
    OpenStdin: Boolean(interactive),
  };
}

/** Everything that a new container is made from. */
export function createBody(a: ContainerArgs, seen: Seen, image: string): JsonObject {
  const part = (name: Field['part']) =>
    Object.fromEntries(FIELDS.filter((f) => f.part === name).flatMap((f) => sent(f, a, seen)));
  const first = a.networks?.find((n) => n.name === a.network_mode);
  const networks = first && { NetworkingConfig: { EndpointsConfig: { [first.name]: endpoint(first) } } };
  return { ...part('Config'), ...attached(a), Image: image, HostConfig: part('HostConfig'), ...networks };
}

/** What of a container can be changed while it stays. */
export function updateBody(a: ContainerArgs, seen: Seen): JsonObject {
  return Object.fromEntries(FIELDS.filter((f) => f.updates).flatMap((f) => sent(f, a, seen)));
}

/** Arguments with those defaults that depend on others. */
export function withDefaults(a: ContainerArgs): ContainerArgs {
  const first = a.networks_cli_compatible ? a.networks?.[0]?.name : undefined;
  const old =
    a.container_default_behavior === 'compatibility'
      ? {
          auto_remove: a.auto_remove ?? false,
          detach: a.detach ?? true,
          init: a.init ?? false,
          interactive: a.interactive ?? false,
          memory: a.memory ?? '0',
          paused: a.paused ?? false,
          privileged: a.privileged ?? false,
          read_only: a.read_only ?? false,
          tty: a.tty ?? false,
        }
      : {};
  return { ...a, ...old, network_mode: a.network_mode ?? first };
}
