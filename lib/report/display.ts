import { JSON_FORM, type ResultForm } from './result-text.js';

/** What of a run's results is printed, and where; Ansible's settings of its default output. */
export type Display = {
  readonly ok: boolean;
  readonly skipped: boolean;
  readonly failedToStderr: boolean;
  readonly checkMarkers: boolean;
  /** Say at the beginning and at the end that nothing was changed. */
  readonly dryRun: boolean;
  readonly pathOnFailure: boolean;
  readonly customStats: boolean;
  readonly deprecations: boolean;
  /** How many equal lines stand around a change. */
  readonly diffContext: number;
  readonly results: ResultForm;
  /** Say when a host begins a task. */
  readonly hostStarts: boolean;
};

/** As many as diff -u has. */
const CONTEXT = 3;

/** Everything that Ansible prints unless it is told otherwise. */
export const DEFAULT_DISPLAY: Display = {
  ok: true,
  skipped: true,
  failedToStderr: false,
  checkMarkers: false,
  dryRun: false,
  pathOnFailure: false,
  customStats: false,
  deprecations: true,
  diffContext: CONTEXT,
  results: JSON_FORM,
  hostStarts: false,
};
