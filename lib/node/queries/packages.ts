import { quoteAll } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import type { Part } from './part.js';
import type { PackageAnswer, PackageQuery } from './query.js';

const FORMAT = '${Package}\\t${Architecture}\\t${Version}\\t${Status}\\t${Provides}\\n';

/** All queries for packages: one `dpkg-query`, one `apt-cache policy` when a candidate is wanted. */
export function packageParts(queries: readonly PackageQuery[]): Part[] {
  if (queries.length === 0) return [];
  const names = [...new Set(queries.map((q) => q.name))];
  const wanted = [...new Set(queries.filter((q) => q.candidate).map((q) => q.name))];
  return [
    {
      sections: wanted.length === 0 ? [dpkgSection(names)] : [dpkgSection(names), aptSection(wanted)],
      read: ([dpkg, apt]) => {
        const rows = readRows(dpkg!);
        const candidates = apt === undefined ? new Map<string, string>() : readPolicy(apt);
        return queries.map((q) => {
          const known = describe(q.name, rows);
          return [q, q.candidate ? { ...known, candidate: candidates.get(q.name) ?? '' } : known];
        });
      },
    },
  ];
}

// Only when a name is not that of an installed package can it be a virtual one, which any other may provide.
function dpkgSection(names: readonly string[]): string {
  return `o=$(dpkg-query -W -f='${FORMAT}' -- ${quoteAll(names)} 2>/dev/null); r=$?; printf '%s\\n' "$o"
case $r$o in [1-9]*|*not-installed*|*config-files*) dpkg-query -W -f='${FORMAT}' ;; esac`;
}

function aptSection(names: readonly string[]): string {
  return `apt-cache policy -- ${quoteAll(names)}`;
}

type Row = {
  readonly name: string;
  readonly arch: string;
  readonly version: string;
  readonly status: string;
  readonly provides: readonly string[];
};

function readRows(output: SectionOutput): Row[] {
  const lines = output.stdout.toString('utf8').split('\n');
  return lines.filter(Boolean).map((line) => {
    const [name = '', arch = '', version = '', status = '', provides = ''] = line.split('\t');
    return { name, arch, version, status, provides: provides.split(',').map((p) => p.trim().split(' ')[0]!) };
  });
}

function isInstalled(row: Row): boolean {
  return /^\w+ \w+ installed$/.test(row.status);
}

function describe(name: string, rows: readonly Row[]): PackageAnswer {
  const [plain, arch] = name.split(':');
  const matching = rows.filter(
    (r) => r.name === plain && (arch === undefined || arch === 'any' || r.arch === arch),
  );
  const row = matching.find(isInstalled) ?? matching[0];
  const installed = row !== undefined && isInstalled(row);
  const providers = rows.filter((r) => isInstalled(r) && r.provides.includes(plain!)).map((r) => r.name);
  const unknown = row === undefined || row.status === 'unknown ok not-installed';
  return {
    kind: 'package',
    installed,
    status: unknown ? '' : row.status,
    version: installed ? row.version : '',
    arch: row?.arch ?? '',
    held: row?.status.startsWith('hold ') ?? false,
    ...(installed ? {} : { providers: [...new Set(providers)] }),
  };
}

/** Candidates by name from `apt-cache policy`: a name and a colon, then indented lines. `(none)` is left out. */
function readPolicy(output: SectionOutput): Map<string, string> {
  const candidates = new Map<string, string>();
  let name = '';
  for (const line of output.stdout.toString('utf8').split('\n')) {
    if (/^\S.*:$/.test(line)) name = line.slice(0, -1);
    const found = /^ {2}Candidate: (\S+)$/.exec(line)?.[1];
    if (found !== undefined && found !== '(none)') candidates.set(name, found);
  }
  return candidates;
}
