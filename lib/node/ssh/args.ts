import { FfeError } from '../../errors/error.js';
import { splitWords } from './words.js';

/** Options by lower-case name, in the order they were given; for most of them the first one counts. */
export type SshOptions = ReadonlyMap<string, readonly string[]>;

const WITH_VALUE: Readonly<Record<string, string>> = {
  J: 'proxyjump',
  p: 'port',
  l: 'user',
  i: 'identityfile',
};
// Flags of ssh that ask for nothing this connection does, or for what it does anyway.
const IGNORED_WITH_VALUE = new Set([...'bceEmQSLRDwWBI']);
const CONFIG_FILE = 'F';

/**
 * Reads words of ssh's command line, such as ansible_ssh_common_args. Throws code
 * 'unreachable' for what ssh does not know: ssh would end, and the host is one that nobody reaches.
 */
export function parseSshArgs(line: string | undefined): SshOptions {
  const options = new Map<string, string[]>();
  const add = (name: string, value: string) => {
    const key = name.toLowerCase();
    options.set(key, [...(options.get(key) ?? []), value]);
  };
  const words = splitWords(line ?? '');
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const letter = word[1];
    if (!word.startsWith('-') || letter === undefined) throw bad(word, 'is not an option of ssh');
    const takesValue =
      letter === 'o' || letter === CONFIG_FILE || letter in WITH_VALUE || IGNORED_WITH_VALUE.has(letter);
    if (!takesValue) continue;
    const value = word.length > 2 ? word.slice(2) : words[++i];
    if (value === undefined) throw bad(word, 'needs a value');
    if (letter === 'o') add(...assignment(value));
    else if (letter === CONFIG_FILE) add('configfile', value);
    else if (letter in WITH_VALUE) add(WITH_VALUE[letter]!, value);
  }
  return options;
}

function assignment(text: string): [string, string] {
  const match = /^\s*([A-Za-z0-9]+)\s*(?:=|\s)\s*(.*)$/s.exec(text);
  if (match === null) throw bad(text, "is not of the form 'Option=value'");
  return [match[1]!, match[2]!];
}

function bad(word: string, why: string): FfeError {
  return new FfeError('unreachable', `ssh arguments: '${word}' ${why}`, {
    hint: "for example: -o ConnectTimeout=5 -o 'ProxyCommand=ssh -W %h:%p gate' -J gate",
  });
}
