import { library } from '../../lib/template/builtin.js';
import { createTemplater } from '../../lib/template/create.js';
import type { HostFiles, Scope } from '../../lib/template/library.js';
import { fromJson } from '../../lib/values/convert.js';
import type { Json } from '../../lib/values/json.js';
import type { Dict } from '../../lib/values/value.js';

/** One templater for all tests of a file. */
export const templater = createTemplater(library);

/** A scope over finished values. */
export function scopeOf(vars: { [name: string]: Json }): Scope {
  const values = fromJson(vars) as Dict;
  return {
    get: (name) => values.get(name),
    has: (name) => values.has(name),
    names: () => [...values.keys()] as string[],
    raw: (name) => values.get(name),
  };
}

/** Surroundings with some templates, and no folders. */
export function filesOf(templates: Record<string, string> = {}, searchPath: string[] = []): HostFiles {
  return {
    searchPath,
    baseDir: '/nonexistent',
    ahead: false,
    secret: () => undefined,
    unvault: () => {
      throw new Error('no vault here');
    },
    template: (name) => (Object.hasOwn(templates, name) ? { text: templates[name]!, file: name } : undefined),
  };
}
