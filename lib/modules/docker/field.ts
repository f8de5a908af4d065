import type { Json, JsonObject } from '../../values/json.js';
import type { Kind } from './compare.js';
import type { ContainerArgs } from './container-args.js';
import { objectOf } from './engine.js';
import type { Seen } from './wish-process.js';

/**
 * One option of a container: where the engine keeps it, and how it is compared. `key` is empty for what is only
 * compared. `wish` is what a task wants (default: the argument itself), `expected` what the engine should then say,
 * `now` what it says, `sent` what it is given. `updates`: it can be changed while the container stays.
 */
export type Field = {
  readonly name: string;
  readonly kind: Kind;
  readonly part: 'Config' | 'HostConfig';
  readonly key: string;
  readonly updates?: true;
  readonly wish?: (a: ContainerArgs, seen: Seen) => Json | undefined;
  readonly expected?: (wish: Json | undefined, a: ContainerArgs, seen: Seen) => Json | undefined;
  readonly now?: (container: JsonObject) => Json | undefined;
  readonly sent?: (wish: Json, a: ContainerArgs) => Json | undefined;
};

/** What a field has besides its place. */
export type Rest = Omit<Field, 'name' | 'kind' | 'part' | 'key'>;

/** Fields of the container itself, by the names of their arguments. */
export function config(kind: Kind, keys: Readonly<Record<string, string>>, rest: Rest = {}): Field[] {
  return Object.entries(keys).map(([name, key]) => ({ name, kind, part: 'Config', key, ...rest }));
}

/** The same for what is between the container and its host. */
export function host(kind: Kind, keys: Readonly<Record<string, string>>, rest: Rest = {}): Field[] {
  return Object.entries(keys).map(([name, key]) => ({ name, kind, part: 'HostConfig', key, ...rest }));
}

/** Where a field's value is in what the engine says of a container. */
function stored(field: Field, container: JsonObject): Json | undefined {
  return objectOf(container[field.part])?.[field.key];
}

/** What a task wants of a field; undefined when it says nothing. */
export function wishOf(field: Field, a: ContainerArgs, seen: Seen): Json | undefined {
  if (field.wish) return field.wish(a, seen) ?? undefined;
  return (a[field.name as keyof ContainerArgs] as Json | undefined) ?? undefined;
}

/** What the engine says of a field. */
export function nowOf(field: Field, container: JsonObject): Json | undefined {
  return field.now ? field.now(container) : stored(field, container);
}
