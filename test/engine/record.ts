import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCases, runAnsible } from './run-case.js';

// Records what ansible-playbook prints for every case, so that the comparison also runs where Ansible is not installed.
const only = process.argv.slice(2);
for (const one of readCases()) {
  if (only.length > 0 && !only.includes(one.name)) continue;
  const { rc, out } = runAnsible(one);
  const file = fileURLToPath(new URL(`./recorded/${one.name.replaceAll(' ', '-')}.txt`, import.meta.url));
  writeFileSync(file, `exit code ${rc}\n${out}\n`);
  console.log(`${one.name}: ${rc}`);
}
