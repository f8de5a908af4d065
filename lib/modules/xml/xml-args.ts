import type { ArgRules, ArgSpec, ArgsOf } from '../args.js';

/** The arguments of xml. */
export const xmlArgs = {
  path: { type: 'path', aliases: ['dest', 'file'], doc: 'The file.' },
  xmlstring: { type: 'str', doc: 'Markup in the place of a file.' },
  xpath: { type: 'str', doc: 'What it is about, in XPath 1.0.' },
  namespaces: { type: 'dict', default: {}, doc: 'The namespaces of the prefixes in xpath.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    aliases: ['ensure'],
    doc: 'Whether it is there.',
  },
  attribute: { type: 'raw', doc: 'The attribute that value is for.' },
  value: { type: 'raw', doc: 'The text of the elements, or of their attribute.' },
  add_children: { type: 'list', elements: 'raw', doc: 'Elements to be put into them, each time.' },
  set_children: { type: 'list', elements: 'raw', doc: 'The elements that they hold, and no others.' },
  count: { type: 'bool', default: false, doc: 'Tell how many there are.' },
  print_match: { type: 'bool', default: false, doc: 'Tell their paths.' },
  pretty_print: { type: 'bool', default: false, doc: 'One element a line, indented.' },
  content: { type: 'str', choices: ['attribute', 'text'], doc: 'Tell their texts, or their attributes.' },
  input_type: { type: 'str', default: 'yaml', choices: ['xml', 'yaml'], doc: 'What children are given as.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  strip_cdata_tags: { type: 'bool', default: false, doc: 'Make text of sections of CDATA.' },
  insertbefore: { type: 'bool', default: false, doc: 'add_children puts them before the first one.' },
  insertafter: { type: 'bool', default: false, doc: 'add_children puts them behind the last one.' },
} as const satisfies ArgSpec;

/** The arguments as given. */
export type XmlArgs = ArgsOf<typeof xmlArgs>;

/** What belongs together. */
export const xmlRules: ArgRules = {
  mutuallyExclusive: [
    ['add_children', 'content', 'count', 'print_match', 'set_children', 'value'],
    ['path', 'xmlstring'],
    ['insertbefore', 'insertafter'],
  ],
  requiredOneOf: [['path', 'xmlstring']],
  requiredBy: {
    add_children: ['xpath'],
    attribute: ['value'],
    content: ['xpath'],
    set_children: ['xpath'],
    value: ['xpath'],
  },
  requiredIf: [
    ['count', true, ['xpath']],
    ['print_match', true, ['xpath']],
    ['insertbefore', true, ['xpath']],
    ['insertafter', true, ['xpath']],
  ],
};
