import { FfeError } from '../errors/error.js';
import type { HostFiles } from '../template/library.js';
import { type Pos, posOf } from '../values/position.js';
import { type Dict, type Raw, Sealed, Unsafe, type Value } from '../values/value.js';

/**
 * Templates one string; `container` and `key` say where in a parsed list or dict it stands. `may` tells which strings
 * can be templates, where the delimiters are not the usual ones.
 */
export type TemplateText = {
  (text: string, container?: object, key?: unknown): Value;
  readonly may?: (text: string) => boolean;
};

/** Whether a text can hold a template at all. Cheap: most strings of a playbook do not. */
export function mayTemplate(text: string): boolean {
  const at = text.indexOf('{');
  if (at === -1) return text.startsWith('#jinja2:') || text.includes('#jinja2:');
  return text.includes('{{', at) || text.includes('{%', at) || text.includes('{#', at);
}

/** Whether a raw value holds neither templates nor tagged leaves, so that it may be handed out as it is. */
export function isFinished(raw: Raw, may = mayTemplate): boolean {
  if (typeof raw === 'string') return !may(raw);
  if (Array.isArray(raw)) return raw.every((item) => isFinished(item as Raw, may));
  if (raw instanceof Map) {
    for (const value of raw.values()) if (!isFinished(value as Raw, may)) return false;
    return true;
  }
  return !(raw instanceof Unsafe || raw instanceof Sealed);
}

/**
 * Turns a raw value into a finished one: strings are templated (keys are not, as in Ansible), `!unsafe` text is taken as it is, `!vault`
 * text is opened and made known to the redactor. The result never goes through templating again.
 */
export function resolve(
  raw: Raw,
  template: TemplateText,
  files: HostFiles,
  container?: object,
  key?: unknown,
): Value {
  const { may } = template;
  if (typeof raw === 'string') return (may ?? mayTemplate)(raw) ? template(raw, container, key) : raw;
  if (raw instanceof Unsafe) return raw.text;
  if (raw instanceof Sealed) return open(raw, files, posOf(container, key));
  if (Array.isArray(raw))
    return isFinished(raw, may)
      ? (raw as Value[])
      : raw.map((item, i) => resolve(item as Raw, template, files, raw, i));
  if (raw instanceof Map)
    return isFinished(raw, may) ? (raw as Dict) : resolveDict(raw as Map<Value, Raw>, template, files);
  return raw;
}

function resolveDict(raw: Map<Value, Raw>, template: TemplateText, files: HostFiles): Dict {
  const out: Dict = new Map();
  for (const [key, value] of raw) {
    out.set(key, resolve(value, template, files, raw, key));
  }
  return out;
}

function open(sealed: Sealed, files: HostFiles, pos: Pos | undefined): string {
  try {
    const text = files.unvault(sealed.envelope);
    files.secret(text);
    files.sealed?.add(text);
    return text;
  } catch (error) {
    if (!(error instanceof FfeError) || error.pos || !pos) throw error;
    const { code, message, hint, notes } = error;
    throw new FfeError(code, message, { pos, hint, notes, cause: error });
  }
}
