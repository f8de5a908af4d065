import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORE_VERSION } from '../vars/core-version.js';

/** The version of this program. */
export function ownVersion(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const up of ['..', '../..']) {
    try {
      const { name, version: number } = JSON.parse(readFileSync(join(here, up, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (name === 'ffe-provision' && number) return number;
    } catch {
      // one folder further up: built and unbuilt programs lie at different depths
    }
  }
  return 'unknown';
}

/**
 * What --version prints. Under one of Ansible's names the first line has the form that scripts look for, with the
 * version of the language that is understood, and the program's own behind it.
 */
export function versionText(program: string): string {
  if (program === 'ffe-provision') return `ffe-provision ${ownVersion()}\n`;
  return [
    `${program} [core ${CORE_VERSION.string}] (ffe-provision ${ownVersion()})`,
    `  executable location = ${process.argv[1] ?? program}`,
    `  node version = ${process.versions.node}`,
    '',
  ].join('\n');
}
