import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSealed, type Vault } from '../../secrets/vault.js';
import { statOf } from '../../values/stat.js';

/** Names of secrets that an inventory asks for, and those of them that have a value somewhere. */
export type Wanted = { readonly asked: readonly string[]; readonly there: ReadonlySet<string> };

const NAME = /\bvault_[A-Za-z0-9_]+\b/g;
const ASKED = /\{\{.*?\}\}|\{%.*?%\}/gs;
const GIVEN = /^\s*(?:-\s+|\{\s*)?['"]?(vault_[A-Za-z0-9_]+)['"]?\s*:/gm;
const DATA = /\.(?:ya?ml|json|ini|cfg)$|^[^.]+$/;

function filesIn(path: string): string[] {
  const stat = statOf(path);
  if (stat?.isFile()) return [path];
  if (!stat?.isDirectory()) return [];
  return readdirSync(path)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
    .filter((file) => DATA.test(file.split('/').at(-1)!));
}

/** The folder that an inventory's group_vars and host_vars lie in. */
export function folderOf(inventory: string): string {
  return statOf(inventory)?.isDirectory() ? inventory : dirname(inventory);
}

/** The files that say what an inventory's variables are: itself, and group_vars and host_vars beside it. */
function sources(inventory: string): string[] {
  const dir = folderOf(inventory);
  return [...new Set([inventory, join(dir, 'group_vars'), join(dir, 'host_vars')].flatMap(filesIn))];
}

/** The names that a text of YAML or INI gives values to. */
export function namesGiven(text: string): string[] {
  return [...text.matchAll(GIVEN)].map(([, name]) => name!);
}

/**
 * What inventories ask for as `vault_...` in their templates, in the order of the files. Sealed files are opened, to see
 * what is there already; throws code 'vault' for one that these secrets do not open.
 */
export function wantedBy(inventories: readonly string[], vault: Vault): Wanted {
  const texts = [...new Set(inventories.flatMap(sources))].map((file) => {
    const text = readFileSync(file, 'utf8');
    return isSealed(text) ? vault.opened(Buffer.from(text), file).data.toString('utf8') : text;
  });
  const asked = texts.flatMap((text) =>
    [...text.matchAll(ASKED)].flatMap(([template]) => template.match(NAME) ?? []),
  );
  return { asked: [...new Set(asked)], there: new Set(texts.flatMap(namesGiven)) };
}
