import { CST, Parser } from 'yaml';
import { FfeError } from '../../errors/error.js';
import { asIndex } from '../../values/number.js';
import { type Raw, Sealed, Unsafe, type Value } from '../../values/value.js';
import { parseYaml } from '../../yaml/load.js';
import { type Filter, type Kwargs, TemplateError } from '../library.js';
import { flag, oneOf } from '../read.js';
import { use } from '../runtime/undefined.js';
import { filter } from '../signature.js';
import { dateValue } from '../time/special.js';
import { emit } from '../yaml/emit.js';
import { nodesOf } from '../yaml/nodes.js';
import type { Style } from '../yaml/scalar.js';

const OPTIONS = [
  'indent',
  'width',
  'sort_keys',
  'default_style',
  'default_flow_style',
  'explicit_start',
  'explicit_end',
  'allow_unicode',
  'canonical',
  'encoding',
  'line_break',
  'version',
  'tags',
];

const STYLES: Record<string, Style> = { '"': 'double', "'": 'single', '|': 'literal' };

function styleOf(v: Value | undefined): Style {
  if (v === undefined || v === null || v === '') return 'plain';
  return STYLES[oneOf(v, Object.keys(STYLES), 'default_style')]!;
}

const whole = (v: Value | undefined, fallback: number): number =>
  v === undefined || v === null ? fallback : asIndex(v);

function write(v: Value, kwargs: Kwargs, indent: number, flow: boolean | null): string {
  for (const name of kwargs.keys())
    if (!OPTIONS.includes(name)) throw new TemplateError(`YAML has no option '${name}'`);
  const sortKeys = flag(kwargs.get('sort_keys'), true);
  const node = nodesOf(v, { sortKeys, style: styleOf(kwargs.get('default_style')), flow });
  return emit(node, {
    indent: whole(kwargs.get('indent'), indent),
    width: whole(kwargs.get('width'), 80),
    explicitStart: flag(kwargs.get('explicit_start')),
    explicitEnd: flag(kwargs.get('explicit_end')),
  });
}

const toYaml: Filter = (input, _args, kwargs) => {
  const style = kwargs.get('default_flow_style') ?? null;
  return write(use(input), kwargs, 2, style === null ? null : flag(style));
};

const toNiceYaml: Filter = (input, args, kwargs) =>
  write(use(input), kwargs, whole(args[0] === undefined ? 4 : use(args[0]), 2), false);

/** A parsed text as a finished value: data holds no templates and no vaults. */
function finished(raw: Raw): Value {
  if (raw instanceof Unsafe) return raw.text;
  if (raw instanceof Sealed) throw new TemplateError('from_yaml does not open vaults');
  if (Array.isArray(raw)) return raw.map(finished);
  if (raw instanceof Map) return new Map(Array.from(raw, ([key, value]) => [key, finished(value)]));
  return raw as Value;
}

function read(text: string): Value {
  try {
    return finished(parseYaml(text, 'from_yaml', { date: dateValue }));
  } catch (error) {
    if (error instanceof FfeError) throw new TemplateError(`from_yaml: ${error.message}`, { cause: error });
    throw error;
  }
}

function readAll(text: string): Value[] {
  const documents = Array.from(new Parser().parse(text)).filter((token) => token.type === 'document');
  return documents.map((token) => read(CST.stringify(token)));
}

/** Filters that write and read YAML. */
export const yamlFilters: Record<string, Filter> = {
  to_yaml: toYaml,
  to_nice_yaml: toNiceYaml,
  from_yaml: filter('', (input) => (typeof input === 'string' ? read(input) : input)),
  from_yaml_all: filter('', (input) => (typeof input === 'string' ? readAll(input) : input)),
};
