import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Display } from '../report/display.js';
import { lines } from '../report/lines.js';
import { minimal } from '../report/minimal.js';
import { ansi, plain } from '../report/paint.js';
import { immediate, type Reporter } from '../report/reporter.js';
import { withNumbers } from '../values/exact.js';
import { WORDS } from './config/used.js';
import type { Io } from './io.js';
import type { Given } from './parse-flags.js';
import type { Settings } from './settings.js';

/** A terminal with fewer columns (or one that does not know its width) cannot show the tree. */
const NARROWEST = 20;
const KINDS = ['tree', 'lines', 'json'];

/** What the configuration says of the output. */
export function displayOf({ config, options }: Settings): Display {
  return {
    ok: config.on('DISPLAY_OK_HOSTS'),
    skipped: config.on('DISPLAY_SKIPPED_HOSTS'),
    failedToStderr: config.on('DISPLAY_FAILED_STDERR'),
    checkMarkers: config.on('CHECK_MODE_MARKERS'),
    dryRun: options.check && config.on('CHECK_MODE_MARKERS'),
    pathOnFailure: config.on('SHOW_TASK_PATH_ON_FAILURE'),
    customStats: config.on('SHOW_CUSTOM_STATS'),
    deprecations: config.on('DEPRECATION_WARNINGS'),
    diffContext: config.number('DIFF_CONTEXT') ?? 3,
  };
}

/** Colours on a terminal, unless they were forbidden, and elsewhere where they were asked for. */
export function coloured(no: boolean, { config }: Settings, io: Io): boolean {
  if (no || config.on('ANSIBLE_NOCOLOR')) return false;
  return io.colour || config.on('ANSIBLE_FORCE_COLOR');
}

/** Ansible's other forms of output, where the configuration names one. */
function configured({ config }: Settings): string | undefined {
  const word = config.text('DEFAULT_STDOUT_CALLBACK')?.replace(/^ansible\.builtin\./, '');
  return word !== 'default' && WORDS.DEFAULT_STDOUT_CALLBACK!.includes(word ?? '') ? word : undefined;
}

/** What a command said already ends its line. */
const bare =
  (out: (text: string) => void) =>
  (text: string): void =>
    out(text.replace(/\n$/, ''));

/** Where a run's events go: the live tree on a terminal, Ansible's lines elsewhere, JSON lines when asked for. */
export async function reporterFor(given: Given, settings: Settings, io: Io): Promise<Reporter> {
  const paint = coloured(given.on('noColor'), settings, io) ? ansi() : plain;
  const out = (text: string): void => io.out(`${text}\n`);
  const err = (text: string): void => io.err(`${text}\n`);
  const { verbosity, diff: showDiff } = settings.options;
  const wide = io.columns !== undefined && io.columns >= NARROWEST;
  const kind =
    given.text('output') ?? configured(settings) ?? (wide && !settings.options.step ? 'tree' : 'lines');
  switch (kind) {
    case 'lines':
      return immediate(lines({ out, err, verbosity, paint, showDiff, display: displayOf(settings) }));
    case 'minimal':
    case 'oneline': {
      const display = displayOf(settings);
      const oneLine = kind === 'oneline';
      return immediate(minimal({ out: bare(out), err, verbosity, paint, showDiff, display, oneLine }));
    }
    case 'null':
      return immediate(() => undefined);
    case 'json':
      return immediate((event) =>
        out(
          withNumbers(
            JSON.stringify(event, (_, v: unknown) => (v instanceof Map ? Object.fromEntries(v) : v)),
          ),
        ),
      );
    case 'tree':
      return (await import('../report/tree.js')).tree({ paint, verbosity, showDiff, out });
    default:
      throw new FfeError(
        'usage',
        `--output is tree, lines or json, found '${kind}'${didYouMean(kind, KINDS)}`,
      );
  }
}
