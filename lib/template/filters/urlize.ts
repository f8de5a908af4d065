import { escapeHtml } from '../../values/markup.js';
import { reprString } from '../../values/print.js';
import type { Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, count, flag, items, text } from '../read.js';
import { filter } from '../signature.js';

const HOST =
  '(?:(?:https?://|www\\.)(?:(?:[\\w%-]+\\.)+)?(?:[a-z]{2,63}|xn--[\\w%]{2,59})' +
  '|(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)' +
  '|https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\]))';
const WEB = new RegExp(`^${HOST}(?::\\d{1,5})?(?:[/?#]\\S*)?$`, 'i');
const EMAIL = /^\S+@\w[\w.-]*\.\w+$/;
const SCHEME = /^[\w.+-]{2,}:\/{0,2}$/;
const PAIRS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

type Links = { readonly limit: number | undefined; attributes: string; schemes: string[] };
type Word = { head: string; middle: string; tail: string };

const times = (s: string, part: string): number => s.split(part).length - 1;

function peel(word: string): Word {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  const rest = word.slice(head.length);
  const tail = /(?:[)>.,\n]|&gt;)+$/.exec(rest)?.[0] ?? '';
  const out = { head, middle: rest.slice(0, rest.length - tail.length), tail };
  // A bracket that was opened inside of the address belongs to it.
  for (const [open, close] of PAIRS) {
    const missing = times(out.middle, open) - times(out.middle, close);
    if (missing <= 0) continue;
    for (let n = Math.min(times(out.middle, open), times(out.tail, close)); n > 0; n--) {
      const end = out.tail.indexOf(close) + close.length;
      out.middle += out.tail.slice(0, end);
      out.tail = out.tail.slice(end);
    }
  }
  return out;
}

function link(middle: string, links: Links): string {
  const shown =
    links.limit !== undefined && middle.length > links.limit ? `${middle.slice(0, links.limit)}...` : middle;
  if (WEB.test(middle)) {
    const href = /^https?:\/\//.test(middle) ? middle : `https://${middle}`;
    return `<a href="${href}"${links.attributes}>${shown}</a>`;
  }
  if (middle.startsWith('mailto:') && EMAIL.test(middle.slice(7)))
    return `<a href="${middle}">${middle.slice(7)}</a>`;
  if (middle.includes('@') && !middle.startsWith('www.') && !middle.includes(':') && EMAIL.test(middle))
    return `<a href="mailto:${middle}">${middle}</a>`;
  const scheme = links.schemes.some((s) => middle !== s && middle.startsWith(s));
  return scheme ? `<a href="${middle}"${links.attributes}>${middle}</a>` : middle;
}

function relation(rel: Value | undefined, nofollow: boolean): string {
  const given = rel === undefined || rel === null ? [] : text(rel).split(/\s+/);
  const parts = new Set([...given.filter(Boolean), 'noopener', ...(nofollow ? ['nofollow'] : [])]);
  return ` rel="${escapeHtml(Array.from(parts).sort().join(' '))}"`;
}

function schemesOf(v: Value | undefined): string[] {
  const schemes = v === undefined || v === null ? [] : items(v).map((s) => asText(s));
  for (const scheme of schemes)
    if (!SCHEME.test(scheme)) throw new TemplateError(`urlize: ${reprString(scheme)} is no prefix of a URL`);
  return schemes;
}

const urlize = filter(
  'trim_url_limit? nofollow? target? rel? extra_schemes?',
  (input, [limit, nofollow, target, rel, schemes]) => {
    const aim = target === undefined || target === null ? '' : ` target="${escapeHtml(text(target))}"`;
    const links: Links = {
      // Only a link that is long enough to be cut looks at it.
      get limit() {
        return limit === undefined || limit === null ? undefined : count(limit, 0);
      },
      attributes: relation(rel, flag(nofollow)) + aim,
      schemes: schemesOf(schemes),
    };
    return escapeHtml(text(input))
      .split(/(\s+)/)
      .map((word) => {
        const { head, middle, tail } = peel(word);
        return head + link(middle, links) + tail;
      })
      .join('');
  },
);

/** The filter that makes links of addresses. */
export const urlizeFilters: Record<string, Filter> = { urlize };
