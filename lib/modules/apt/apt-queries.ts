import {
  type PackageQuery,
  type PathAnswer,
  path,
  pkg,
  type ReadAnswer,
  read,
  readScript,
} from '../../node/queries/query.js';
import { quote, quoteAll } from '../../node/quote.js';
import { type AptWish, simulation } from './apt-get.js';
import { type AptFacts, type Intent, plainSpecs, specs } from './intent.js';

const STAMP = '/var/lib/apt/periodic/update-success-stamp';
const LISTS = '/var/lib/apt/lists';

// What dpkg has not brought into its status file yet; apt-get refuses to work while there is any.
const INTERRUPTED = 'for f in /var/lib/dpkg/updates/[0-9]*; do [ ! -e "$f" ] || echo "$f"; done';

/**
 * A package file's version, and the installed version of that package: two lines. A URL is fetched and thrown away; apt's
 * own user could not write to the folder, and apt would say so first.
 */
function packageFile(deb: string) {
  const fetch = `d=$(mktemp -d) && trap 'rm -rf "$d"' EXIT && f=$d/package.deb &&
/usr/lib/apt/apt-helper -o APT::Sandbox::User=root download-file ${quote(deb)} "$f" >/dev/null || exit`;
  return readScript(`${deb.includes('://') ? fetch : `f=${quote(deb)}`}
p=$(dpkg-deb -f "$f" Package) && dpkg-deb -f "$f" Version || exit
a=$(dpkg-deb -f "$f" Architecture); [ "$a" = all ] || p=$p:$a
dpkg-query -W -f '\${Version}\\n' "$p" 2>/dev/null || :`);
}

/** Which of the named packages apt counts as installed only for others: the names, one per line. */
function automatic(names: readonly string[]) {
  const patterns = names.flatMap((n) => ['-e', `Package: ${n.replace(/:.*$/, '')}`]);
  return readScript(
    `grep -x -A 2 ${quoteAll(patterns.length > 0 ? patterns : ['-e', ''])} /var/lib/apt/extended_states 2>/dev/null || :`,
  );
}

/** What is asked before anything is decided. */
export function aptQueries(wish: AptWish) {
  const states = wish.state === 'present' || wish.state === 'latest' || wish.state === 'absent';
  const plain = states && wish.deb === undefined ? plainSpecs(wish) : [];
  const patterns = specs(wish).filter((s) => s.pattern);
  const candidate = wish.state === 'latest';
  const marks = plain.length > 0 && wish.state !== 'absent';
  return {
    packages: plain.map((s): PackageQuery => pkg(s.name, { candidate: candidate || s.operator === '>=' })),
    installed:
      patterns.length > 0 ? read(['dpkg-query', '-W', '-f', '${db:Status-Status} ${Package}\n']) : undefined,
    names: patterns.length > 0 && wish.state !== 'absent' ? read(['apt-cache', 'pkgnames']) : undefined,
    deb: wish.deb === undefined ? undefined : packageFile(wish.deb),
    automatic: marks ? automatic(plain.map((s) => s.name)) : undefined,
    interrupted: readScript(INTERRUPTED),
    stamp: path(STAMP),
    lists: path(LISTS),
    now: wish.cache_valid_time > 0 ? read(['date', '+%s']) : undefined,
  };
}

/** Names that `automatic` found to be marked so. */
export function automaticNames(answer: ReadAnswer | undefined): Set<string> {
  const text = answer?.stdout.toString('utf8') ?? '';
  const stanzas = text.matchAll(/^Package: (.*)\n(?:.*\n)?Auto-Installed: 1$/gm);
  return new Set([...stanzas].map((m) => m[1] ?? ''));
}

/** Installed packages only, one name per line, from dpkg-query's list. */
export function installedOnly(answer: ReadAnswer | undefined): ReadAnswer | undefined {
  if (!answer) return undefined;
  const lines = answer.stdout.toString('utf8').split('\n');
  const names = lines.flatMap((l) => (l.startsWith('installed ') ? [l.slice(10)] : []));
  return { ...answer, stdout: Buffer.from(names.join('\n')) };
}

/** When the lists were fetched, in seconds since the epoch; 0 when never. */
export function listsTime(answers: { readonly stamp: PathAnswer; readonly lists: PathAnswer }): number {
  const at = answers.stamp.exists ? answers.stamp : answers.lists;
  return at.exists ? Math.floor(at.mtime) : 0;
}

/** Whether the lists are to be fetched. */
export function updateDue(wish: AptWish, time: number, now: ReadAnswer | undefined): boolean {
  if (wish.cache_valid_time <= 0) return wish.update_cache === true;
  return time + wish.cache_valid_time < Number(now?.stdout.toString('utf8').trim());
}

/** Whether any lists were ever fetched: a bare node has none, and then no package can be found. */
function fetchedOnce() {
  return readScript(`for f in ${LISTS}/*_Packages*; do [ -e "$f" ] && exit 0; done; exit 1`);
}

/** Whether packages are missing on a node that has no lists at all, so that they are fetched unasked. */
export function neverFetched(plan: Intent, fetched: ReadAnswer | undefined): boolean {
  return plan.missing.length > 0 && fetched !== undefined && fetched.rc !== 0;
}

/** What is asked once the calls are known: what apt would do, and whether it knows the packages that are missing. */
export function aptSecondQueries(
  plan: Intent,
  info: { readonly check: boolean; readonly diff: boolean },
  due: boolean,
) {
  const uncertain = plan.calls.some((c) => !c.certain);
  const simulate = info.check || (!due && (info.diff || uncertain));
  if (plan.error !== undefined || plan.calls.length === 0) return undefined;
  return {
    simulated: simulate ? plan.calls.map((c) => simulation(c.words)) : undefined,
    fetched: due || plan.missing.length === 0 ? undefined : fetchedOnce(),
    known: due ? undefined : plan.missing.map((s): PackageQuery => pkg(s.name, { candidate: true })),
  };
}

/** The facts that the intent is made of. */
export function aptFacts(answers: AptFacts): AptFacts {
  return { ...answers, installed: installedOnly(answers.installed) };
}
