import { truthy } from '../../values/truth.js';
import type { Value } from '../../values/value.js';
import { type Arg, type Caller, type Filter, type Kwargs, TemplateError } from '../library.js';
import { asText, items } from '../read.js';

import { use } from '../runtime/undefined.js';
import { getter } from './attribute.js';

type Pick = (item: Arg) => Arg;

function mapper(args: Arg[], kwargs: Kwargs, caller: Caller): Pick {
  if (args.length === 0 && kwargs.has('attribute')) {
    for (const name of kwargs.keys())
      if (name !== 'attribute' && name !== 'default')
        throw new TemplateError(`map has no argument '${name}'`);
    return getter(kwargs.get('attribute'), kwargs.get('default'));
  }
  if (args.length === 0) throw new TemplateError('map needs the name of a filter, or attribute=');
  const name = asText(use(args[0]!), "a filter's name");
  const rest = args.slice(1);
  return (item) => caller.filter(name, item, rest as Value[], kwargs);
}

/** The items of a list; whatever is false (None, 0) has none. */
function listed(input: Arg | undefined): Value[] {
  const value = use(input ?? null);
  return truthy(value) ? items(value) : [];
}

const map: Filter = (input, args, kwargs, caller) => {
  const list = listed(input);
  // Jinja2 looks at the arguments only when there is something to map.
  if (list.length === 0) return [];
  const pick = mapper(args, kwargs, caller);
  return list.map((item) => pick(item) as Value);
};

function condition(args: Arg[], kwargs: Kwargs, caller: Caller): (item: Arg) => boolean {
  if (args.length === 0) return (item) => truthy(use(item));
  const name = asText(use(args[0]!), "a test's name");
  const rest = args.slice(1);
  return (item) => caller.test(name, item, rest as Value[], kwargs);
}

function chooser(wanted: boolean, byAttribute: boolean): Filter {
  return (input, args, kwargs, caller) => {
    const list = listed(input);
    if (list.length === 0) return [];
    if (byAttribute && args.length === 0) throw new TemplateError('the name of an attribute is missing');
    const get: Pick = byAttribute ? getter(use(args[0]!)) : (item) => item;
    const test = condition(byAttribute ? args.slice(1) : args, kwargs, caller);
    return list.filter((item) => test(get(item)) === wanted);
  };
}

/** Filters that map a list or choose from it by a test. */
export const selectFilters: Record<string, Filter> = {
  map,
  select: chooser(true, false),
  reject: chooser(false, false),
  selectattr: chooser(true, true),
  rejectattr: chooser(false, true),
};
