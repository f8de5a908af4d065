/** How a program of a `library` folder takes its arguments, or that it is one which cannot be run here. */
export type Style = 'binary' | 'json' | 'words' | 'python' | 'powershell';

/** Bytes of text (core 2.14, module_common): those that print, and the usual control characters. */
function isText(byte: number): boolean {
  return byte >= 0x20
    ? byte !== 0x7f
    : (byte >= 7 && byte <= 10) || byte === 12 || byte === 13 || byte === 27;
}

// What marks the styles in a module's text, in the order in which core 2.14 (module_common) looks for them.
const MARKS: readonly (readonly [RegExp, Style])[] = [
  [/#<<INCLUDE_ANSIBLE_MODULE_COMMON>>/, 'python'],
  [/^\s*(?:from|import)\s+(?:ansible\.module_utils|ansible_collections\.\w|\.+module_utils)/m, 'python'],
  [/#<INCLUDE_ANSIBLE_MODULE_|^#Requires\s|^#AnsibleRequires\s/im, 'powershell'],
  [/<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>/, 'python'],
  [/WANT_JSON/, 'json'],
];

/** The style of a program, by its content. */
export function styleOf(data: Uint8Array): Style {
  if (!data.subarray(0, 1024).every(isText)) return 'binary';
  const text = Buffer.from(data).toString('latin1');
  return MARKS.find(([mark]) => mark.test(text))?.[1] ?? 'words';
}

/** The interpreter that a script names in its first line: the program and its arguments; undefined when it names none. */
export function interpreterOf(data: Uint8Array): readonly string[] | undefined {
  const [first = ''] = Buffer.from(data.subarray(0, 1024)).toString('latin1').split('\n');
  const words = first.startsWith('#!') ? first.slice(2).trim().split(/\s+/) : [];
  return words[0] ? words : undefined;
}
