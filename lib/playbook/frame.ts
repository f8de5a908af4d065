import { FfeError } from '../errors/error.js';
import { keyPos, mark, marksOf, type Pos } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import { DIRECTIVES } from './keywords.js';
import type { Loading } from './loading.js';
import { at, atList, type Dict, isTemplate, kindOf, placeOf, textOf } from './raw.js';
import type { At, DirectiveName, Frame } from './tree.js';

const NAMES = Object.keys(DIRECTIVES) as DirectiveName[];
const VARIABLE = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const NO_VARS: ReadonlyMap<string, Raw> = new Map();

function directivesOf(dict: Dict, file: string): Map<DirectiveName, At> {
  const found = new Map<DirectiveName, At>();
  for (const name of NAMES) {
    const value = dict.has(name) ? at(dict, name, file) : undefined;
    if (value) found.set(name, value);
  }
  return found;
}

function tagNames(value: Value): string[] {
  return Array.isArray(value) ? value.flatMap(tagNames) : [str(value)];
}

function splitTags(text: string): string[] {
  return text.split(',').map((tag) => tag.trim());
}

/** The tags of a play, block, role or task: a list, or one text with commas; templates are evaluated now. */
export function tagsOf(dict: Dict, file: string, loading: Loading, parent: Frame | undefined): string[] {
  const inList = Array.isArray(dict.get('tags'));
  return atList(dict, 'tags', file).flatMap(({ value, pos }) => {
    const text = textOf(value);
    if (text === undefined) throw new FfeError('bad-value', `a tag is a name, not ${kindOf(value)}`, { pos });
    if (isTemplate(text) && loading.options.template) {
      const tags = loading.options.template(text, parent, pos);
      return typeof tags === 'string' && !inList ? splitTags(tags) : tagNames(tags);
    }
    return inList ? [text] : splitTags(text);
  });
}

/** Variables under `vars`: a dict, or a list of dicts that add up. Throws an FfeError for a bad name. */
export function varsUnder(dict: Dict, file: string): ReadonlyMap<string, Raw> {
  const value = dict.get('vars');
  if (value === undefined || value === null) return NO_VARS;
  const parts = (Array.isArray(value) ? value : [value]) as Raw[];
  for (const part of parts)
    if (!(part instanceof Map))
      throw new FfeError('bad-value', `vars must be a dict, not ${kindOf(part)}`, {
        pos: placeOf(dict, file, 'vars'),
      });
  for (const part of parts as Dict[]) for (const name of part.keys()) checkName(part, name);
  return parts.length === 1 ? (parts[0] as Map<string, Raw>) : joined(parts as Map<string, Raw>[]);
}

function checkName(vars: Dict, name: Value): void {
  if (typeof name === 'string' && VARIABLE.test(name)) return;
  throw new FfeError('bad-value', `'${str(name)}' is not a valid name of a variable`, {
    pos: keyPos(vars, name),
    span: str(name).length,
    hint: 'names are letters, digits and underscores, and begin with a letter or underscore',
  });
}

/** One dict of several, later ones winning, that still knows where everything was written. */
export function joined(parts: readonly ReadonlyMap<string, Raw>[]): Map<string, Raw> {
  const whole = new Map(parts.flatMap((part) => [...part]));
  const owner = (key: unknown) => marksOf(parts.findLast((part) => part.has(key as string)));
  const self = parts.map((part) => marksOf(part)?.self).find((pos) => pos !== undefined);
  if (!self) return whole;
  return mark(whole, { self, key: (k) => owner(k)?.key(k), value: (k) => owner(k)?.value(k) });
}

/** Makes the frame of a play, block, role use or task from its dict. Throws an FfeError for bad tags or vars. */
export function frameOf(
  kind: Frame['kind'],
  dict: Dict,
  where: {
    readonly loading: Loading;
    readonly file: string;
    readonly parent: Frame | undefined;
    readonly pos?: Pos;
  },
): Frame {
  const { loading, file, parent } = where;
  return {
    kind,
    parent,
    directives: directivesOf(dict, file),
    when: atList(dict, 'when', file),
    tags: tagsOf(dict, file, loading, parent),
    vars: varsUnder(dict, file),
    pos: where.pos ?? placeOf(dict, file),
    file,
  };
}

/** The frame with the dict's `notify`, for blocks and imports: tasks inside that notify nothing themselves take it over. */
export function notifying(frame: Frame, dict: Dict): Frame {
  const notify = atList(dict, 'notify', frame.file);
  return notify.length > 0 ? { ...frame, notify } : frame;
}

/** A frame that adds nothing by itself. */
export function bareFrame(kind: Frame['kind'], parent: Frame | undefined, pos: Pos, file: string): Frame {
  return { kind, parent, directives: new Map(), when: [], tags: [], vars: NO_VARS, pos, file };
}
