import type { Listener } from '../engine/event.js';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Display } from '../report/display.js';
import { jsonDocument } from '../report/document.js';
import { gathered } from '../report/gathered.js';
import { lines } from '../report/lines.js';
import { minimal } from '../report/minimal.js';
import { ansi, plain } from '../report/paint.js';
import { immediate, type Reporter } from '../report/reporter.js';
import type { ResultForm } from '../report/result-text.js';
import { TIMINGS, type Timing, timed } from '../report/timing.js';
import { withNumbers } from '../values/exact.js';
import type { Config } from './config/config.js';
import { WORDS } from './config/used.js';
import type { Io } from './io.js';
import type { Given } from './parse-flags.js';
import type { Settings } from './settings.js';

/** A terminal with fewer columns (or one that does not know its width) cannot show the tree. */
const NARROWEST = 20;
const KINDS = ['tree', 'lines', 'json'];

/** How results are printed; the output plug-in `yaml` has a form of its own. */
function formOf(config: Config): ResultForm {
  if (plugin(config) === 'yaml') return { format: 'block' };
  const pretty = config.given('FORMAT_PRETTY') ? config.on('FORMAT_PRETTY') : undefined;
  return { format: config.text('RESULT_FORMAT') === 'yaml' ? 'yaml' : 'json', pretty };
}

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
    results: formOf(config),
    hostStarts: config.on('SHOW_PER_HOST_START'),
  };
}

/** Colours on a terminal, unless they were forbidden, and elsewhere where they were asked for. */
export function coloured(no: boolean, { config }: Settings, io: Io): boolean {
  if (no || config.on('ANSIBLE_NOCOLOR')) return false;
  return io.colour || config.on('ANSIBLE_FORCE_COLOR');
}

/** The form of output that the configuration names, by the last part of its name. */
export function plugin(config: Config): string | undefined {
  const word = config.text('DEFAULT_STDOUT_CALLBACK')?.split('.').at(-1);
  return word !== undefined && WORDS.DEFAULT_STDOUT_CALLBACK!.includes(word) ? word : undefined;
}

/** What the reporters of this program are called that stand for Ansible's. */
const REPORTERS: Readonly<Record<string, string>> = { yaml: 'lines', json: 'document' };

/** Ansible's other forms of output, where the configuration names one. */
function configured({ config }: Settings): string | undefined {
  const word = plugin(config);
  if (word === undefined) return undefined;
  // A person at a terminal who asks for a form of results wants to see it.
  if (word === 'default') return config.given('RESULT_FORMAT') ? 'lines' : undefined;
  return REPORTERS[word] ?? word;
}

/** Which of the callback plug-ins that are here the configuration enables. */
function timingsOf(config: Config): Timing[] {
  const names = config.texts('CALLBACKS_ENABLED').map((name) => name.split('.').at(-1));
  return names.flatMap((name) => TIMINGS.filter((one) => one === name));
}

/** What a command said already ends its line. */
const bare =
  (out: (text: string) => void) =>
  (text: string): void =>
    out(text.replace(/\n$/, ''));

/** Where a run's events go: the live tree on a terminal, Ansible's lines elsewhere, JSON lines when asked for. */
export async function reporterFor(given: Given, settings: Settings, io: Io): Promise<Reporter> {
  const paint = coloured(given.on('noColor'), settings, io) ? ansi() : plain;
  const sink = gathered(io);
  const out = (text: string): void => sink.out(`${text}\n`);
  const err = (text: string): void => sink.err(`${text}\n`);
  const settled = (listen: Listener): Reporter => ({
    listen: sink.around(listen),
    done: async () => sink.flush(),
  });
  const { verbosity, diff: showDiff } = settings.options;
  const { config } = settings;
  const wide = io.columns !== undefined && io.columns >= NARROWEST;
  const kind =
    given.text('output') ?? configured(settings) ?? (wide && !settings.options.step ? 'tree' : 'lines');
  switch (kind) {
    case 'lines':
      return settled(
        timed(
          lines({ out, err, verbosity, paint, showDiff, display: displayOf(settings), config }),
          timingsOf(config),
          out,
        ),
      );
    case 'minimal':
    case 'oneline': {
      const display = displayOf(settings);
      const oneLine = kind === 'oneline';
      return settled(minimal({ out: bare(out), err, verbosity, paint, showDiff, display, oneLine, config }));
    }
    case 'document':
      return settled(jsonDocument({ out, err, custom: displayOf(settings).customStats }));
    case 'null':
      return immediate(() => undefined);
    case 'json':
      return settled((event) =>
        out(
          withNumbers(
            JSON.stringify(event, (_, v: unknown) => (v instanceof Map ? Object.fromEntries(v) : v)),
          ),
        ),
      );
    case 'tree':
      return (await import('../report/tree.js')).tree({
        paint,
        verbosity,
        showDiff,
        out: (text) => io.out(`${text}\n`),
      });
    default:
      throw new FfeError(
        'usage',
        `--output is tree, lines or json, found '${kind}'${didYouMean(kind, KINDS)}`,
      );
  }
}
