/** What a setting's text is turned into. Paths are absolute; relative ones begin at the file that names them. */
export type SettingType =
  | 'bool'
  | 'int'
  | 'float'
  | 'text'
  | 'list'
  | 'path'
  | 'pathlist'
  | 'pathspec'
  | 'dict';

/** A setting's value. */
export type SettingValue = boolean | number | string | null | readonly string[];

/** One setting: type, default, its `section.key` names in ansible.cfg, its environment variables, the words it allows. */
export type Row = readonly [
  type: SettingType,
  fallback: SettingValue,
  ini: string,
  env: string,
  choices?: readonly string[],
];

/** Settings by Ansible's names. */
export type Rows = Readonly<Record<string, Row>>;
