import type { Json, JsonObject } from '../../values/json.js';
import { ValueProblem } from '../../values/problem.js';
import { convertArgument } from '../convert-argument.js';
import { StepError } from '../steps.js';

/** A size in bytes; a StepError that names the option. */
export function bytes(option: string, text: string): number {
  try {
    return Number(convertArgument('bytes', text));
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    throw new StepError(`Failed to convert ${option} to bytes: ${error.message}`);
  }
}

/** The same, where `unlimited` is -1. */
export function bytesOrNone(option: string, text: string): number {
  return text === 'unlimited' || text === '-1' ? -1 : bytes(option, text);
}

/** Devices as the engine takes them, from host[:inside[:permissions]]. */
export function devicesWish(devices: readonly string[]): JsonObject[] {
  return devices.map((device) => {
    const [host, inside, permissions] = device.split(':');
    return { PathOnHost: host, PathInContainer: inside ?? host, CgroupPermissions: permissions ?? 'rwm' };
  });
}

/** How fast devices may be used, as the engine takes it. */
export function ratesWish(
  option: string,
  rates: readonly { readonly path: string; readonly rate: string | number }[],
): JsonObject[] {
  return rates.map(({ path, rate }) => ({
    Path: path,
    Rate: typeof rate === 'number' ? rate : bytes(option, rate),
  }));
}

type Request = {
  readonly driver?: string;
  readonly count?: number;
  readonly device_ids?: readonly Json[];
  readonly capabilities?: readonly Json[];
  readonly options?: JsonObject;
};

/** Devices by what they can do, as the engine takes them. */
export function deviceRequestsWish(requests: readonly Request[]): JsonObject[] {
  return requests.map(({ driver, count, device_ids, capabilities, options }) => ({
    Driver: driver ?? '',
    Count: count ?? 0,
    DeviceIDs: device_ids ? [...device_ids] : null,
    Capabilities: capabilities ? [...capabilities] : null,
    Options: options ?? {},
  }));
}

/** Limits of processes, from name:soft[:hard]. */
export function ulimitsWish(limits: readonly string[]): JsonObject[] {
  return limits.map((limit) => {
    const [name, soft, hard] = limit.split(':');
    if (name === undefined || !/^-?\d+$/.test(soft ?? '') || !/^-?\d+$/.test(hard ?? soft ?? ''))
      throw new StepError(`Invalid ulimit '${limit}': write it as name:soft[:hard], with numbers`);
    return { Name: name, Soft: Number(soft), Hard: Number(hard ?? soft) };
  });
}

/** Paths that are kept in memory, with their options. */
export function tmpfsWish(paths: readonly string[]): JsonObject {
  return Object.fromEntries(
    paths.map((given) => {
      const at = given.indexOf(':');
      return at < 0 ? [given, ''] : [given.slice(0, at), given.slice(at + 1)];
    }),
  );
}

/** Capabilities under the names that newer engines keep, without their prefix. */
export function bareCapabilities(list: Json | undefined): Json | undefined {
  return Array.isArray(list) ? list.map((c) => String(c).toUpperCase().replace(/^CAP_/, '')) : list;
}
