import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.js';

/** How this machine reaches Debian's packages. `authorities` are its local certificate authorities. */
export type AptSetup = {
  sources: string;
  proxy: Readonly<Record<string, string>>;
  authorities: readonly { name: string; text: string }[];
};

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Every (uri, suite) pair that apt's source lists name, in both of their formats (sources.list(5)). */
export function sourcesIn(text: string): { uri: string; suite: string }[] {
  const lines = [...text.matchAll(/^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/gm)].map((m) => ({
    uri: m[1]!,
    suite: m[2]!,
  }));
  const stanzas = text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string) =>
      stanza
        .match(new RegExp(`^${name}:\\s*(.+)$`, 'm'))?.[1]
        ?.trim()
        .split(/\s+/) ?? [];
    return field('URIs').flatMap((uri) => field('Suites').map((suite) => ({ uri, suite })));
  });
  return [...lines, ...stanzas];
}

function hostSources(): string {
  const dir = '/etc/apt/sources.list.d';
  const more = existsSync(dir) ? readdirSync(dir).filter((f) => /\.(list|sources)$/.test(f)) : [];
  return ['/etc/apt/sources.list', ...more.map((f) => join(dir, f))]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n\n');
}

/** The source list of a node: this machine's mirrors for that release where it has them, else Debian's own. */
export function nodeSources(host: string, suite: string): string {
  const known = sourcesIn(host);
  const uri = (wanted: string, fallback: string) => known.find((s) => s.suite === wanted)?.uri ?? fallback;
  const main = uri(suite, 'http://deb.debian.org/debian');
  const security = uri(`${suite}-security`, 'http://deb.debian.org/debian-security');
  const stanza = (at: string, suites: string) =>
    `Types: deb\nURIs: ${at}\nSuites: ${suites}\nComponents: main\nSigned-By: ${KEYRING}\n`;
  return `${stanza(main, `${suite} ${suite}-updates`)}\n${stanza(security, `${suite}-security`)}`;
}

/** The proxies that apt uses here, by their setting's name. */
export function proxiesIn(dump: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {};
  for (const scheme of ['http', 'https']) {
    const name = `Acquire::${scheme}::Proxy`;
    const set = dump.match(new RegExp(`^${name} "([^"]*)"`, 'mi'))?.[1];
    const value = set || env[`${scheme}_proxy`];
    if (value) found[name] = value;
  }
  return found;
}

function localAuthorities(): AptSetup['authorities'] {
  const dir = '/usr/local/share/ca-certificates';
  if (!existsSync(dir)) return [];
  const files = readdirSync(dir).filter((f) => f.endsWith('.crt'));
  return files.sort().map((name) => ({ name, text: readFileSync(join(dir, name), 'utf8') }));
}

/** Reads how this machine reaches Debian's packages. */
export async function readAptSetup(suite: string): Promise<AptSetup> {
  const dump = await command(['apt-config', 'dump']);
  return {
    sources: nodeSources(hostSources(), suite),
    proxy: proxiesIn(dump, process.env),
    authorities: localAuthorities(),
  };
}
