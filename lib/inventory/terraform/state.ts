import { FfeError } from '../../errors/error.js';
import type { Json, JsonObject } from '../../values/json.js';

/** One thing that Terraform made: where it stands in the configuration, and what is known of it. */
export type Resource = {
  /** For example `module.web.aws_instance.node[0]`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** What `count` or `for_each` tells it from its siblings by. */
  readonly index?: string | number;
  readonly attributes: JsonObject;
};

/** What a state says: resources in its order, and the outputs that are no secrets. */
export type State = { readonly resources: readonly Resource[]; readonly outputs: JsonObject };

/** A JSON object, and an empty one for anything else. */
export function objectOf(json: Json | undefined): JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
}

const objectsOf = (json: Json | undefined): JsonObject[] => (Array.isArray(json) ? json.map(objectOf) : []);
const textOf = (json: Json | undefined): string => (typeof json === 'string' ? json : '');

function indexOf(json: Json | undefined): string | number | undefined {
  return typeof json === 'string' || typeof json === 'number' ? json : undefined;
}

/** The address of an instance, spelt as Terraform spells it. */
function addressOf({
  module,
  type,
  name,
  index,
}: { module: string } & Omit<Resource, 'address' | 'attributes'>) {
  const place = index === undefined ? '' : `[${JSON.stringify(index)}]`;
  return `${module === '' ? '' : `${module}.`}${type}.${name}${place}`;
}

/** The resources of a state file. An instance with a key `deposed` is about to be destroyed: another took its place. */
function ofFile(root: JsonObject): Resource[] {
  return objectsOf(root.resources).flatMap((resource) => {
    if (resource.mode === 'data') return [];
    const [module, type, name] = [textOf(resource.module), textOf(resource.type), textOf(resource.name)];
    return objectsOf(resource.instances)
      .filter((instance) => instance.deposed === undefined)
      .map((instance) => {
        const index = indexOf(instance.index_key);
        const address = addressOf({ module, type, name, index });
        return { address, type, name, index, attributes: objectOf(instance.attributes) };
      });
  });
}

/** The resources of a module and those below it, as `terraform show -json` prints them. */
function ofModule(module: JsonObject): Resource[] {
  const own = objectsOf(module.resources)
    .filter((resource) => resource.mode !== 'data' && resource.deposed_key === undefined)
    .map((resource) => ({
      address: textOf(resource.address),
      type: textOf(resource.type),
      name: textOf(resource.name),
      index: indexOf(resource.index),
      attributes: objectOf(resource.values),
    }));
  return [...own, ...objectsOf(module.child_modules).flatMap(ofModule)];
}

function publicOutputs(outputs: JsonObject): JsonObject {
  const open = Object.entries(outputs).filter(([, output]) => objectOf(output).sensitive !== true);
  return Object.fromEntries(open.map(([name, output]) => [name, objectOf(output).value]));
}

/** Whether a JSON text is what Terraform or OpenTofu keeps or prints of what it made, by its first keys. */
export function looksLikeState(text: string): boolean {
  const head = text.slice(0, 400);
  return /^\s*\{/.test(head) && /"terraform_version"\s*:/.test(head);
}

function parsed(text: string, file: string): JsonObject {
  try {
    return objectOf(JSON.parse(text) as Json);
  } catch (cause) {
    const pos = { file, line: 1, col: 1 };
    throw new FfeError('parse', `the Terraform state is not JSON: ${(cause as Error).message}`, {
      pos,
      cause,
    });
  }
}

/**
 * Reads a state file of version 4 (Terraform from 0.12, OpenTofu), or what `terraform show -json` prints. Throws an
 * FfeError for another version and for what is neither.
 */
export function readState(text: string, file: string): State {
  const root = parsed(text, file);
  const pos = { file, line: 1, col: 1 };
  if (root.version === 4) return { resources: ofFile(root), outputs: publicOutputs(objectOf(root.outputs)) };
  if (root.format_version !== undefined) {
    const values = objectOf(root.values);
    return {
      resources: ofModule(objectOf(values.root_module)),
      outputs: publicOutputs(objectOf(values.outputs)),
    };
  }
  const found =
    root.version === undefined ? 'this is none' : `this one has version ${JSON.stringify(root.version)}`;
  throw new FfeError('unsupported', `a Terraform state of version 4 is expected, ${found}`, {
    pos,
    hint: "Terraform 0.12 and later write it, also by 'terraform state pull'",
  });
}
