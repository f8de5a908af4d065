/** What a task wishes of an entry of crypttab(5). */
export type CrypttabWish = {
  readonly name: string;
  readonly state: 'absent' | 'opts_absent' | 'opts_present' | 'present';
  readonly backing_device?: string;
  readonly password?: string;
  readonly opts?: string;
};

type Entry = {
  readonly name: string;
  readonly device: string;
  readonly password?: string;
  readonly opts: Options;
};
type Options = ReadonlyMap<string, string | undefined>;

function optionsOf(text: string | undefined): Options {
  const pairs = (text ?? '').split(',').filter((option) => option !== '');
  return new Map(
    pairs.map((option) => {
      const [name = '', ...value] = option.split('=');
      return [name, value.length > 0 ? value.join('=') : undefined];
    }),
  );
}

function entryOf(line: string): Entry | undefined {
  const [name, device, password, opts, ...more] = line.trim().split(/\s+/);
  if (line.startsWith('#') || !name || device === undefined || more.length > 0) return undefined;
  return { name, device, password, opts: optionsOf(opts) };
}

function lineOf({ name, device, password, opts }: Entry): string {
  const words = [...opts].map(([option, value]) => (value === undefined ? option : `${option}=${value}`));
  const secret = password ?? (words.length > 0 ? 'none' : undefined);
  return [name, device, secret, words.length > 0 ? words.join(',') : undefined]
    .filter((field) => field !== undefined)
    .join(' ');
}

function sameOptions(a: Options, b: Options): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.has(name) && b.get(name) === value);
}

function wished(wish: CrypttabWish, entry: Entry): Entry {
  const given = optionsOf(wish.opts);
  if (wish.state === 'opts_present') return { ...entry, opts: new Map([...entry.opts, ...given]) };
  if (wish.state === 'opts_absent')
    return { ...entry, opts: new Map([...entry.opts].filter(([name]) => !given.has(name))) };
  return {
    ...entry,
    device: wish.backing_device ?? entry.device,
    password: wish.password ?? entry.password,
    opts: wish.opts === undefined ? entry.opts : given,
  };
}

function same(a: Entry, b: Entry): boolean {
  return a.device === b.device && a.password === b.password && sameOptions(a.opts, b.opts);
}

const WORDS = {
  present: 'updated line',
  opts_present: 'updated options',
  opts_absent: 'removed options',
  absent: 'removed line',
} as const;

/** Whether a new entry would be made, as `backing_device` is then needed. */
export function isNew(text: string, wish: CrypttabWish): boolean {
  return (
    wish.state.endsWith('present') && !text.split('\n').some((line) => entryOf(line)?.name === wish.name)
  );
}

/** The new text of the file, and Ansible's words for what was done; the text as it was when all is as wished. */
export function editCrypttab(text: string, wish: CrypttabWish): { text: string; msg: string } {
  const { state, name, backing_device: device = '', password, opts } = wish;
  if (isNew(text, wish)) {
    const above = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    const line = lineOf({ name, device, password, opts: optionsOf(opts) });
    return { text: `${above}${line}\n`, msg: 'added line' };
  }
  const lines = text.split('\n');
  const at = lines.findIndex((line) => entryOf(line)?.name === name);
  const entry = at < 0 ? undefined : entryOf(lines[at]!);
  if (!entry) return { text, msg: '?' };
  if (state === 'absent') return { text: lines.toSpliced(at, 1).join('\n'), msg: WORDS.absent };
  const next = wished(wish, entry);
  const fresh = same(entry, next) ? lines : lines.with(at, lineOf(next));
  return { text: fresh.join('\n'), msg: WORDS[state] };
}
