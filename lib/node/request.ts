import { quote } from './quote.js';

/**
 * What is written to the long-lived shell for one request. The shell reads it as its own program, so that no process
 * is needed to fetch it; what runs sees only `input`, never the shell's own standard input.
 */
export type Request =
  | { readonly kind: 'script'; readonly text: string; readonly input?: Uint8Array }
  | { readonly kind: 'command'; readonly text: string };

// Beyond this a here-document is cheaper than one long quoted word.
const QUOTED_LIMIT = 64 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// Shells disagree about broken UTF-8 and NUL inside quotes, so only clean text travels as text.
function asText(input: Uint8Array): string | undefined {
  if (input.length > QUOTED_LIMIT || input.includes(0)) return undefined;
  try {
    return decoder.decode(input);
  } catch {
    return undefined;
  }
}

/** Sh source that gives bytes to the standard input of `consumer`. */
export function fed(input: Uint8Array | undefined, consumer: string, tag: string): string {
  if (input === undefined || input.length === 0) return `${consumer} </dev/null\n`;
  const text = asText(input);
  if (text !== undefined) return `printf %s ${quote(text)} 2>/dev/null | ${consumer}\n`;
  const base64 = Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString('base64');
  return `base64 -d 2>/dev/null <<'${tag}' | ${consumer}\n${base64}\n${tag}\n`;
}

// The command gets a session of its own: what it leaves behind there still holds the shell's output, which the value
// says by `.1`, so that the caller can turn to a fresh shell before such output lands in another answer.
const inSession = (text: string) =>
  `{ (eval ${quote(text)}) <&0 & _p=$!; wait $_p; _r=$?; kill -0 -$_p 2>/dev/null && _r=$_r.1; }`;

// dash and busybox read their program in blocks; bash reads a pipe byte by byte, so there `head` fetches it.
/** The program of the long-lived shell: it runs the requests that come on its standard input. */
export function readRequests(shell: string): string {
  const bash = `while IFS= read -r _n; do eval "$(head -c "\${_n#?}")"; done`;
  return `if [ -n "\${BASH_VERSION-}" ]; then ${bash}; else exec ${shell}; fi`;
}

/**
 * A request as it is written: a comment line with the number of bytes, then sh text. The reply to it ends with `tag`,
 * the exit code and `;` on stdout, and `tag;` on stderr.
 */
export function requestText(request: Request, tag: string): string {
  const text = body(request, tag);
  return `#${Buffer.byteLength(text)}\n${text}`;
}

function body(request: Request, tag: string): string {
  const close = `printf %s '${tag};' >&2; printf %s "${tag}$_r;"\n`;
  if (request.kind === 'command') return `${inSession(request.text)} </dev/null; ${close}`;
  return `${fed(request.input, `(umask 077; eval ${quote(request.text)})`, tag)}_r=$?; ${close}`;
}
