import { toJson } from '../values/convert.js';
import { assign } from '../values/equal.js';
import type { Json, JsonObject } from '../values/json.js';
import { type Raw, Sealed, Unsafe, type Value } from '../values/value.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type PlanInfo } from './module.js';
import { failed, ok } from './plan.js';
import type { VarsSource } from './source.js';

const args = {
  file: { type: 'path', doc: 'The file, looked for in vars/.' },
  dir: { type: 'path', doc: 'A folder whose files are read instead.' },
  name: { type: 'str', doc: 'Put everything into a variable of this name.' },
  depth: { type: 'int', default: 0, doc: 'With dir: how many levels of folders; 0 for all.' },
  files_matching: { type: 'str', doc: 'With dir: a regular expression for names.' },
  ignore_files: { type: 'list', elements: 'str', default: [], doc: 'With dir: names to leave out.' },
  extensions: {
    type: 'list',
    elements: 'str',
    default: ['json', 'yaml', 'yml'],
    doc: 'With dir: extensions that files must have.',
  },
  ignore_unknown_extensions: {
    type: 'bool',
    default: false,
    doc: 'With dir: leave out files with other extensions instead of failing.',
  },
  hash_behaviour: {
    type: 'str',
    choices: ['replace', 'merge'],
    doc: 'merge: dicts are merged into those that exist.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The source that answers the arguments. */
function sourceOf(a: Args): VarsSource {
  return {
    kind: 'vars-source',
    file: a.dir === undefined ? a.file?.trim() : undefined,
    dir: a.dir,
    depth: a.depth,
    matching: a.files_matching,
    ignore: a.ignore_files,
    extensions: a.extensions,
    ignoreUnknown: a.ignore_unknown_extensions,
  };
}

/** What a result shows of a raw value: templates as they are written, vault values not at all. */
function shown(raw: Raw): Json {
  if (raw instanceof Sealed) return '(vault)';
  if (raw instanceof Unsafe) return raw.text;
  if (Array.isArray(raw)) return (raw as Raw[]).map(shown);
  if (!(raw instanceof Map)) return toJson(raw as Value);
  const out: JsonObject = {};
  for (const [key, value] of raw as Map<Value, Raw>) out[String(key)] = shown(value);
  return out;
}

/** A finished value as raw, so that its texts are not templated again. */
function finished(json: Json | undefined): Raw {
  if (typeof json === 'string') return new Unsafe(json);
  if (Array.isArray(json)) return json.map(finished);
  if (json === null || json === undefined || typeof json !== 'object') return json ?? null;
  return new Map<Value, Raw>(Object.entries(json).map(([key, value]) => [key, finished(value)]));
}

function merged(before: Raw, after: Raw): Raw {
  if (!(before instanceof Map) || !(after instanceof Map)) return after;
  const out = new Map(before as Map<Value, Raw>);
  for (const [key, value] of after as Map<Value, Raw>) assign(out, key, merged(out.get(key) ?? null, value));
  return out;
}

function withBehaviour(a: Args, vars: ReadonlyMap<string, Raw>, info: PlanInfo): ReadonlyMap<string, Raw> {
  const named = a.name === undefined ? vars : new Map([[a.name, new Map<Value, Raw>(vars) as Raw]]);
  if (a.hash_behaviour !== 'merge') return named;
  return new Map([...named].map(([key, value]) => [key, merged(finished(info.variable(key)), value)]));
}

/** Loads variables from files of the controller while the play runs. */
export const includeVars = defineModule({
  name: 'include_vars',
  summary: 'Reads variables from files while the play runs.',
  args,
  freeForm: { arg: 'file', split: true },
  rules: { mutuallyExclusive: [['file', 'dir']], requiredOneOf: [['file', 'dir']] },
  returns: {
    ansible_facts: 'The variables, as written.',
    ansible_included_var_files: 'The files that were read.',
  },
  examples: `- ansible.builtin.include_vars: "{{ ansible_facts.distribution | lower }}.yml"
`,
  queries: (a) => ({ vars: sourceOf(a) }),
  plan: (a, { vars: answer }, info) => {
    if (!answer.found) return failed(answer.msg, { message: answer.msg });
    const raw = withBehaviour(a, answer.vars, info);
    const vars: JsonObject = Object.fromEntries([...raw].map(([name, value]) => [name, shown(value)]));
    const files = [...answer.files];
    const result = { ansible_included_var_files: files, ansible_facts: vars };
    return ok('variables are loaded', result, [{ kind: 'include-vars', vars, files, raw }]);
  },
});
