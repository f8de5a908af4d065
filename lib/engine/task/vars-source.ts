import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readVarsFile } from '../../inventory/beside.js';
import type { VarsSource, VarsSourceAnswer } from '../../modules/source.js';
import { wantsVarsFile } from '../../modules/vars-files.js';
import type { Raw } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { candidates } from '../scopes.js';

/** Files of a folder and those below, folder by folder, down to a depth (0: all). */
function filesBelow(folder: string, depth: number, level = 1): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((e) => !e.isDirectory()).map((e) => join(folder, e.name));
  if (depth !== 0 && level >= depth) return files;
  const folders = entries.filter((e) => e.isDirectory());
  return [...files, ...folders.flatMap((e) => filesBelow(join(folder, e.name), depth, level + 1))];
}

/** The files that count; a text says what is wrong with them. */
function filesOf(source: VarsSource, found: string): string[] | string {
  if (source.dir === undefined) return [found];
  if (!statSync(found).isDirectory()) return `${found} is not a directory`;
  // A role's own vars/main.yml is loaded with the role.
  const files = filesBelow(found, source.depth).filter((f) => !/\/roles\/[^/]+\/vars\/main\.ya?ml$/.test(f));
  const refused = files.find((file) => wantsVarsFile(source, file) === 'refuse');
  if (refused) return `${refused} does not have a valid extension: ${source.extensions.join(', ')}`;
  return files.filter((file) => wantsVarsFile(source, file) === 'load');
}

/** Reads the variables that include_vars names, as they are written. */
export function varsAnswer(source: VarsSource, scope: LayeredScope): VarsSourceAnswer {
  const { files } = scope.tools;
  const name = source.file ?? source.dir ?? '';
  const places = candidates('vars', name, files.searchPath);
  const found = places.find((place) => existsSync(place));
  if (found === undefined || name === '') {
    const searched = places.map((place) => `\n\t${place}`).join('');
    const msg =
      name === ''
        ? 'Could not find file on the Ansible Controller.'
        : source.dir === undefined
          ? `Could not find or access '${name}'\nSearched in:${searched} on the Ansible Controller.`
          : `${name} directory does not exist`;
    return { kind: 'vars-source', found: false, msg };
  }
  const unvault = (envelope: string, file: string) => files.unvault(envelope, file);
  const vars = new Map<string, Raw>();
  const read = filesOf(source, found);
  if (typeof read === 'string') return { kind: 'vars-source', found: false, msg: read };
  for (const file of read) for (const [key, value] of readVarsFile(file, { unvault })) vars.set(key, value);
  return { kind: 'vars-source', found: true, files: read, vars };
}
