import type { Json, JsonObject } from '../../values/json.js';

function fieldValue(text: string): Json {
  if (text.includes(',') && text.includes('='))
    return Object.fromEntries(
      text.split(',').map((part) => {
        const at = part.lastIndexOf('=');
        return [part.slice(0, Math.max(at, 0)), fieldValue(part.slice(at + 1))];
      }),
    );
  return /^[-+]?(?:\d+|\d*\.\d+|\d+\.\d*)$/.test(text) && Number.isSafeInteger(Math.trunc(Number(text)))
    ? Number(text)
    : text;
}

/** What INFO prints, with numbers as such and lists of NAME=VALUE as dicts. */
export function parseInfo(text: string): JsonObject {
  const info: JsonObject = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (line.startsWith('#') || colon < 0) continue;
    const [key, value] = [line.slice(0, colon), fieldValue(line.slice(colon + 1))];
    if (key === 'module') info.modules = [...((info.modules as Json[] | undefined) ?? []), value];
    else info[key] = value;
  }
  return info;
}
