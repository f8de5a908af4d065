import { checkKeywords } from './check-keywords.js';
import { frameOf, notifying } from './frame.js';
import { BLOCK } from './keywords.js';
import type { Place } from './loading.js';
import { at, type Dict, keyError, placeOf } from './raw.js';
import { checkAt, checkFrame } from './template-check.js';
import type { Block, Item } from './tree.js';

/** True for an item that is written as a block, or is part of one without its beginning. */
export function isBlock(dict: Dict): boolean {
  return dict.has('block') || dict.has('rescue') || dict.has('always');
}

/**
 * Reads a `block` with its rescue and always. Throws an FfeError where none may stand: among handlers a block only groups,
 * and holds no other.
 */
export function readBlock(dict: Dict, place: Place): Block {
  const { loading, file } = place;
  if (place.handler && place.grouped)
    throw keyError('bad-value', 'Using a block as a handler is not supported.', dict, 'block');
  for (const key of ['rescue', 'always'])
    if (!dict.has('block') && dict.has(key))
      throw keyError('bad-value', `'${key}' belongs to a block, and here is none`, dict, key);
  checkKeywords(loading, dict, BLOCK, 'Block');
  const frame = notifying(frameOf('block', dict, { loading, file, parent: place.frame }), dict);
  checkFrame(loading, frame);
  const name = at(dict, 'name', file);
  checkAt(loading, name, 'value');
  const part = (key: string, inside = frame): Item[] =>
    loading.items(dict.get(key) ?? null, { ...place, frame: inside, grouped: true });
  return {
    kind: 'block',
    name,
    frame,
    pos: placeOf(dict, file),
    body: part('block', dict.has('rescue') ? { ...frame, rescued: true } : frame),
    rescue: part('rescue'),
    always: part('always'),
    written: true,
  };
}
