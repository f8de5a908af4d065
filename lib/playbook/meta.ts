import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Action } from './action.js';
import { HANDLER, META_ACTIONS, TASK } from './keywords.js';
import type { Place } from './loading.js';
import { type Dict, placeOf, textOf } from './raw.js';
import { checkTaskKeys, commonOf, listenOf } from './task.js';
import type { Meta } from './tree.js';

/** Reads a `meta` task. */
export function readMeta(dict: Dict, action: Action, place: Place): Meta {
  checkTaskKeys(dict, action, place.handler ? HANDLER : TASK, place);
  const name = textOf(action.args.get('_raw_params')) ?? '';
  const known = META_ACTIONS.find((one) => one === name);
  if (!known)
    throw new FfeError('unknown-name', `there is no meta action '${name}'${didYouMean(name, META_ACTIONS)}`, {
      pos: placeOf(dict, place.file, action.key),
      span: Math.max(1, name.length),
      hint: `meta actions are ${META_ACTIONS.join(', ')}`,
    });
  if (place.handler && known === 'flush_handlers')
    throw new FfeError('bad-value', 'flush_handlers cannot be used as a handler', {
      pos: placeOf(dict, place.file, action.key),
    });
  const listen = place.handler ? listenOf(dict, place.file) : [];
  return {
    kind: 'meta',
    written: action.written,
    ...commonOf(dict, action, place),
    action: known,
    handler: place.handler,
    listen,
  };
}
