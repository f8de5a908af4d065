import { FfeError } from '../errors/error.js';
import { syntaxKey } from '../template/lex/header.js';
import type { HostFiles } from '../template/library.js';
import type { TemplateOptions, Templater } from '../template/templater.js';
import type { Dict, Value } from '../values/value.js';
import { data, templates } from './layer.js';
import { makeScope } from './scope.js';

/** One thing to try: a playbook string, a bare condition, or the text of a template file. */
export type Trial = {
  readonly kind: 'value' | 'cond' | 'template';
  readonly source: string;
  /** Raw variables: strings in them may be templates. */
  readonly vars: Dict;
  /** Texts of templates by the names that include, import and extends use. */
  readonly files: ReadonlyMap<string, string>;
  readonly options: TemplateOptions;
};

function asDict(v: Value | undefined, what: string): Dict {
  if (v === undefined || v === null) return new Map();
  if (v instanceof Map) return v;
  throw new FfeError('bad-value', `${what} must be an object`);
}

function optionsOf(opts: Dict): TemplateOptions {
  const options: Record<string, Value> = {};
  for (const [name, value] of opts) {
    const key = typeof name === 'string' ? syntaxKey(name) : undefined;
    if (!key) throw new FfeError('unknown-name', `there is no template option '${String(name)}'`);
    options[key] = value;
  }
  return options as TemplateOptions;
}

/** Reads a trial from its JSON form `{kind, source, vars?, files?, opts?}`. */
export function readTrial(json: Dict): Trial {
  const kind = json.get('kind');
  const source = json.get('source');
  if (kind !== 'value' && kind !== 'cond' && kind !== 'template')
    throw new FfeError('bad-value', "kind must be 'value', 'cond' or 'template'");
  if (typeof source !== 'string') throw new FfeError('bad-value', 'source must be text');
  const files = [...asDict(json.get('files'), 'files')].filter(
    (entry): entry is [string, string] => typeof entry[0] === 'string' && typeof entry[1] === 'string',
  );
  return {
    kind,
    source,
    vars: asDict(json.get('vars'), 'vars'),
    files: new Map(files),
    options: optionsOf(asDict(json.get('opts'), 'opts')),
  };
}

function filesOf(trial: Trial): HostFiles {
  return {
    searchPath: [],
    baseDir: process.cwd(),
    ahead: false,
    secret: () => undefined,
    unvault: () => {
      throw new FfeError('vault', 'there is no vault secret here');
    },
    template: (name) => {
      const text = trial.files.get(name);
      return text === undefined ? undefined : { text, file: name };
    },
  };
}

const SOURCE = { pos: { file: 'source', line: 1, col: 1 } };

/** Evaluates a trial; its variables are resolved as they are needed. Throws what the templater throws. */
export function runTrial(templater: Templater, trial: Trial): Value {
  const files = filesOf(trial);
  const layers = [
    { ...data('the raw variables', new Map([['vars', trial.vars as Value]])), safe: true },
    templates('given', trial.vars as ReadonlyMap<string, Value>),
  ];
  const scope = makeScope(layers, { templater, files });
  if (trial.kind === 'cond') return templater.condition(trial.source, scope, files, SOURCE);
  if (trial.kind === 'value') return templater.value(trial.source, scope, files, SOURCE);
  return templater.file(trial.source, 'template', scope, files, trial.options);
}
