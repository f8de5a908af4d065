import type { Value } from '../../values/value.js';
import type { Test } from '../library.js';
import { asText, items } from '../read.js';
import { is } from '../signature.js';
import { splitUrl, type UrlParts } from '../url.js';

function parts(v: Value, schemes: Value | undefined): UrlParts | undefined {
  try {
    const url = splitUrl(asText(v));
    const wanted = schemes === undefined || schemes === null ? [] : items(schemes);
    return wanted.length === 0 || wanted.includes(url.scheme) ? url : undefined;
  } catch {
    return undefined;
  }
}

function isUrl(url: UrlParts | undefined): boolean {
  return url !== undefined && (url.netloc !== '' || url.scheme === 'file');
}

/** Tests of URLs. */
export const urlTests: Record<string, Test> = {
  uri: is('schemes?', (v, [schemes]) => parts(v, schemes) !== undefined),
  url: is('schemes?', (v, [schemes]) => isUrl(parts(v, schemes))),
  urn: is('', (v) => parts(v, ['urn']) !== undefined),
};
