const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\xa0' };

/** The characters that HTML's numeric and most common named entities stand for. */
export function unescapeHtml(s: string): string {
  return s.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, dec, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(dec));
  });
}

/** Removes what matches; behind the last end mark nothing can, and looking there again and again takes long. */
function without(s: string, tags: RegExp, end: string): string {
  const at = s.lastIndexOf(end);
  return at < 0 ? s : s.slice(0, at + end.length).replace(tags, '') + s.slice(at + end.length);
}

/** Text without tags and comments, its white space single blanks, its entities read. */
export function stripTags(s: string): string {
  const bare = without(without(s, /<!--[\s\S]*?-->/g, '-->'), /<[^>]*>/g, '>');
  return unescapeHtml(bare.split(/\s+/).filter(Boolean).join(' '));
}
