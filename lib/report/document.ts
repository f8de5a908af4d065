import type { Event, Listener } from '../engine/event.js';
import { withNumbers } from '../values/exact.js';
import type { Json, JsonObject } from '../values/json.js';
import { dump } from './dump.js';

type Duration = { start: string; end?: string };
type Piece = {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly duration: Duration;
};
type TaskPiece = { readonly task: Piece; readonly hosts: Record<string, JsonObject> };
type PlayPiece = { readonly play: Piece; readonly tasks: TaskPiece[] };

const now = (): string => new Date().toISOString().replace(/Z$/, '000Z');

type Of<T extends Event['type']> = Extract<Event, { type: T }>;

function taskPiece({ task }: Of<'task-start'>): TaskPiece {
  const name = task.role ? `${task.role} : ${task.name}` : task.name;
  const path = `${task.pos.file}:${task.pos.line}`;
  return { task: { name, id: String(task.id), path, duration: { start: now() } }, hosts: {} };
}

function playPiece({ name, pos }: Of<'play-start'>, number: number): PlayPiece {
  const path = `${pos.file}:${pos.line}`;
  return { play: { name, id: `play-${number}`, path, duration: { start: now() } }, tasks: [] };
}

function statsOf({ stats }: Of<'recap'>): JsonObject {
  return Object.fromEntries(
    [...stats].map(([host, { failed, ...counts }]) => [host, { ...counts, failures: failed }]),
  );
}

/** What the document holds at its end; with custom stats only where they are asked for. */
function whole(plays: readonly PlayPiece[], recap: Of<'recap'>, custom: boolean): JsonObject {
  return {
    plays: plays as unknown as Json,
    stats: statsOf(recap),
    custom_stats: {},
    global_custom_stats: custom ? recap.custom : {},
  };
}

/**
 * Prints a run as one JSON document at its end, as Ansible's output plug-in `json` does: plays, their tasks, and each
 * task's results by host.
 */
export function jsonDocument(options: {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly custom: boolean;
}): Listener {
  const plays: PlayPiece[] = [];
  const tasks = new Map<number, TaskPiece>();
  const result = ({ task, host, status, result: given }: Of<'host-result'>): void => {
    const piece = tasks.get(task.id);
    if (!piece) return;
    const shown = Object.entries(given).filter(([key]) => !key.startsWith('_ansible'));
    const how = status === 'failed' || status === 'skipped' ? { [status]: true } : {};
    piece.hosts[host] = { ...Object.fromEntries(shown), ...how, action: task.action };
    piece.task.duration.end = now();
    const play = plays.at(-1);
    if (play) play.play.duration.end = piece.task.duration.end;
  };
  return (event) => {
    if (event.type === 'play-start') plays.push(playPiece(event, plays.length + 1));
    else if (event.type === 'task-start') {
      const piece = taskPiece(event);
      tasks.set(event.task.id, piece);
      plays.at(-1)?.tasks.push(piece);
    } else if (event.type === 'host-result') result(event);
    else if (event.type === 'warning') options.err(`[WARNING]: ${event.text}`);
    else if (event.type === 'recap') options.out(withNumbers(dump(whole(plays, event, options.custom), 4)));
  };
}
