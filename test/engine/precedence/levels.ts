import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// Every pair of levels of Ansible's documentation, "Understanding variable precedence": the same variable is set at
// both, and the higher one must be seen by a task within a block, in a file that a role includes.
/** The files and words of a run that sets the variable `v` at some levels. */
export type Parts = {
  files: Map<string, string>;
  play: string[];
  block: string;
  task: string;
  before: string[];
  include: string;
  role: string;
  args: string[];
};
/** A level of precedence, and what sets the variable there. */
export type Level = { readonly name: string; readonly set: (parts: Parts, value: string) => void };

const file = (path: string): Level['set'] => {
  return (parts, value) => void parts.files.set(path, `v: ${value}\n`);
};
const inventory = (section: string): Level['set'] => {
  return (parts, value) => {
    const text = parts.files.get('inv/hosts.ini') ?? '';
    parts.files.set('inv/hosts.ini', `${text}\n[${section}:vars]\nv=${value}\n`);
  };
};

/** Lowest precedence first. */
export const LEVELS: readonly Level[] = [
  { name: 'role defaults', set: file('pb/roles/r/defaults/main.yml') },
  { name: 'inventory file, all', set: inventory('all') },
  { name: 'inventory file, group', set: inventory('g') },
  { name: 'inventory group_vars/all', set: file('inv/group_vars/all.yml') },
  { name: 'playbook group_vars/all', set: file('pb/group_vars/all.yml') },
  { name: 'inventory group_vars/g', set: file('inv/group_vars/g.yml') },
  { name: 'playbook group_vars/g', set: file('pb/group_vars/g.yml') },
  {
    name: 'inventory file, host',
    set: (parts, value) => {
      const text = parts.files.get('inv/hosts.ini') ?? '';
      parts.files.set('inv/hosts.ini', text.replace('h1 ', `h1 v=${value} `));
    },
  },
  { name: 'inventory host_vars', set: file('inv/host_vars/h1.yml') },
  { name: 'playbook host_vars', set: file('pb/host_vars/h1.yml') },
  {
    name: 'host facts',
    // Kept facts need no node that has them.
    set: (parts, value) => void parts.files.set('cache/h1', JSON.stringify({ v: value })),
  },
  { name: 'play vars', set: (parts, value) => void parts.play.push(`vars: {v: ${value}}`) },
  {
    name: 'vars_prompt',
    set: (parts, value) => void parts.play.push(`vars_prompt: [{name: v, default: ${value}}]`),
  },
  {
    name: 'vars_files',
    set: (parts, value) => {
      parts.files.set('pb/extra.yml', `v: ${value}\n`);
      parts.play.push('vars_files: [extra.yml]');
    },
  },
  { name: 'role vars', set: file('pb/roles/r/vars/main.yml') },
  {
    name: 'block vars',
    set: (parts, value) => {
      parts.block = `vars: {v: ${value}}`;
    },
  },
  {
    name: 'task vars',
    set: (parts, value) => {
      parts.task = `, vars: {v: ${value}}`;
    },
  },
  {
    name: 'include_vars',
    set: (parts, value) => {
      parts.files.set('pb/included.yml', `v: ${value}\n`);
      parts.before.push('- include_vars: "{{ playbook_dir }}/included.yml"');
    },
  },
  { name: 'set_fact', set: (parts, value) => void parts.before.push(`- set_fact: {v: ${value}}`) },
  {
    name: 'registered',
    set: (parts, value) => void parts.before.push(`- {debug: {msg: ${value}}, register: v}`),
  },
  {
    name: 'role params',
    set: (parts, value) => {
      parts.role = `{role: r, v: ${value}}`;
    },
  },
  {
    name: 'include params',
    set: (parts, value) => {
      parts.include = `{include_tasks: shown.yml, vars: {v: ${value}}}`;
    },
  },
  { name: 'extra vars', set: (parts, value) => void parts.args.push('-e', `v=${value}`) },
];

/** A run in which these levels, lowest first, set the variable. */
export function made(levels: readonly Level[]): Parts {
  const parts: Parts = {
    files: new Map([['inv/hosts.ini', '[g]\nh1 ansible_connection=local\n']]),
    play: [],
    block: '',
    task: '',
    before: [],
    include: '{include_tasks: shown.yml}',
    role: 'r',
    args: [],
  };
  for (const level of levels) level.set(parts, level.name.replace(/\W+/g, '_'));
  const play = ['- hosts: h1', '  gather_facts: false', ...parts.play.map((l) => `  ${l}`)];
  parts.files.set('pb/site.yml', [...play, `  roles: [${parts.role}]`, ''].join('\n'));
  parts.files.set('pb/roles/r/tasks/main.yml', [...parts.before, `- ${parts.include}`, ''].join('\n'));
  const block = ['- block:', `    - {debug: {msg: "seen {{ v.msg | default(v) }}"}${parts.task}}`];
  parts.files.set(
    'pb/roles/r/tasks/shown.yml',
    [...block, ...(parts.block ? [`  ${parts.block}`] : []), ''].join('\n'),
  );
  return parts;
}

/** What both programs are told about the run beside its words. */
export const SURROUNDINGS = (dir: string): Record<string, string> => ({
  ANSIBLE_CACHE_PLUGIN: 'jsonfile',
  ANSIBLE_CACHE_PLUGIN_CONNECTION: join(dir, 'cache'),
});

/** Writes a run's files below a new folder, calls back with it and the command line, and removes it again. */
export async function inRun<T>(
  { files, args }: Parts,
  work: (words: string[], dir: string) => T | Promise<T>,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-precedence-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    return await work(['-i', join(dir, 'inv/hosts.ini'), join(dir, 'pb/site.yml'), ...args], dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The value that a run's output tells. */
export function toldIn(output: string): string {
  return /"msg": "seen (\w+)"/.exec(output)?.[1] ?? output;
}

/** Command lines are the lowest level: `-u` is the user until a variable says another. */
export function withUser(level: Level | undefined): Parts {
  const parts = made(level ? [level] : []);
  const spelt = (text: string): string => text.replaceAll(/\bv(?=: |=)/g, 'ansible_user');
  for (const [path, text] of parts.files) parts.files.set(path, spelt(text));
  const shown = parts.files.get('pb/roles/r/tasks/shown.yml')!;
  parts.files.set('pb/roles/r/tasks/shown.yml', shown.replace('v.msg | default(v)', 'ansible_user'));
  parts.args.push('-u', 'from_command_line');
  return parts;
}

/** Each level with the next lower one, which is one that Ansible's list orders it by. */
export const PAIRS: readonly (readonly [Level, Level])[] = LEVELS.slice(1).map((high, i) => [
  LEVELS[i]!,
  high,
]);
