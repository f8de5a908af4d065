import type { Json, JsonObject } from '../../values/json.js';
import { decodeBytes } from '../bytes.js';
import { quote } from '../quote.js';
import type { Marks, SectionOutput } from '../sections.js';

/** Sh source that prints the local facts of a folder: a name, what the file holds or prints, how a program ended. */
export function localFactsScript(factPath: string, timeout: number): string {
  return `d=${quote(factPath)}; for f in "$d"/*.fact; do [ -f "$f" ] || [ -L "$f" ] || continue; printf '%s\\0' "$f"
if [ ! -f "$f" ]; then r=gone; elif [ -x "$f" ]; then timeout ${Math.max(1, Math.ceil(timeout))} "$f"; r=$?; else cat -- "$f" 2>/dev/null; r=0; fi
printf '%s%s\\0' "$K" "$r"; printf %s "$K" >&2; done`;
}

/** Reads what `localFactsScript` printed: facts by file name without `.fact`. */
export function readLocalFacts(output: SectionOutput, marks: Marks): JsonObject {
  const facts: JsonObject = {};
  const errors = output.stderr.toString('utf8').split(marks.inner);
  let rest = output.stdout;
  for (let i = 0; rest.includes(0); i++) {
    const name = rest.indexOf(0);
    const mark = rest.indexOf(marks.inner, name);
    const end = rest.indexOf(0, mark);
    if (mark < 0 || end < 0) break;
    const path = decodeBytes(rest.subarray(0, name));
    const rc = rest.toString('latin1', mark + marks.inner.length, end);
    const text = decodeBytes(rest.subarray(name + 1, mark));
    const base = path.slice(path.lastIndexOf('/') + 1).replace('.fact', '');
    facts[base] =
      rc === 'gone'
        ? `Could not stat fact (${path}): [Errno 2] No such file or directory: '${path}'`
        : rc === '0'
          ? parseFact(text, path)
          : `Failure executing fact script (${path}), rc: ${rc}, err: ${errors[i] ?? ''}`;
    rest = rest.subarray(end + 1);
  }
  return facts;
}

function parseFact(text: string, path: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return parseIni(text) ?? `error loading facts as JSON or ini - please check content: ${path}`;
  }
}

/** Sections of Python's configparser: keys in lower case, `=` or `:`, values that go on in indented lines. */
function parseIni(text: string): JsonObject | undefined {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const option = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line);
    const header = /^\[(.+)\]/.exec(line)?.[1];
    if (/^\s*([#;].*)?$/.test(line)) continue;
    if (header !== undefined) {
      section = sections.get(header) ?? new Map();
      sections.set(header, section);
      key = undefined;
    } else if (/^\s/.test(line) && section !== undefined && key !== undefined)
      section.set(key, `${section.get(key)}\n${line.trim()}`);
    else if (option === null || section === undefined) return undefined;
    else {
      key = option[1]!.toLowerCase();
      section.set(key, option[2]!);
    }
  }
  const defaults = sections.get('DEFAULT') ?? new Map<string, string>();
  sections.delete('DEFAULT');
  return Object.fromEntries(
    [...sections].map(([name, options]) => [name, Object.fromEntries([...defaults, ...options])]),
  );
}
