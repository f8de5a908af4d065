import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { CHOICE_SCHEMAS, KIND_SCHEMAS } from '../lib/playbook/schema/build.js';

const HEAD = `// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
// Made by scripts/compile-schemas.ts from build.ts; do not edit.
`;

/** The JavaScript of the validators: compiled ahead, because loading ajv costs more than reading a small playbook. */
export function compiledSchemas(): string {
  const ajv = new Ajv.default({ code: { source: true, esm: true, lines: true }, allowUnionTypes: true });
  const schemas = Object.entries({ ...KIND_SCHEMAS, ...CHOICE_SCHEMAS });
  for (const [name, schema] of schemas) ajv.addSchema(schema, name);
  const names = Object.fromEntries(schemas.map(([name]) => [`is_${name}`, name]));
  const table = schemas.map(([name]) => `${name}: is_${name}`).join(', ');
  return `${HEAD}${standalone.default(ajv, names)}\nexport const validators = { ${table} };\n`;
}

const target = new URL('../lib/playbook/schema/compiled.js', import.meta.url);
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, compiledSchemas());
