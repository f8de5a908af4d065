/** npm run roles: makes each role's defaults/main.yml and the table in its README from meta/argument_specs.yml. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultsFile, MARKS, readSpec, withTable } from './role-files.js';

const roles = fileURLToPath(new URL('../roles', import.meta.url));
for (const name of readdirSync(roles).sort()) {
  const folder = join(roles, name);
  const spec = readSpec(folder);
  const readme = join(folder, 'README.md');
  const fresh = `# ${name}\n\n${spec.short_description}.\n\n## Variables\n\n${MARKS.join('\n')}\n`;
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : fresh;
  writeFileSync(readme, withTable(text, spec));
  mkdirSync(join(folder, 'defaults'), { recursive: true });
  writeFileSync(join(folder, 'defaults/main.yml'), defaultsFile(spec));
}
