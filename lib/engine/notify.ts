import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { At, Frame, Item, Task } from '../playbook/tree.js';
import { str } from '../values/print.js';
import type { LayeredScope } from '../vars/scope.js';
import { finishAt } from './evaluate.js';
import { scopeOf } from './scopes.js';
import type { HostRun, PlayRun } from './state.js';

/** The names a handler answers to: its own, and with its role before it. */
function namesOf(play: PlayRun, handler: Item, host: string): string[] {
  if (handler.kind === 'role' || !handler.name) return [];
  const raw = handler.name.value;
  const name =
    typeof raw === 'string' && raw.includes('{{') ? templated(play, handler, host) : str(raw as string);
  if (name === undefined) return [];
  const role = play.run.effective(handler.frame).layers.use?.role;
  if (!role) return [name];
  const full = role.collection ? [`${role.collection}.${role.name} : ${name}`] : [];
  return [name, `${role.name} : ${name}`, ...full];
}

function templated(play: PlayRun, handler: Item, host: string): string | undefined {
  if (handler.kind === 'role' || !handler.name) return undefined;
  try {
    return str(finishAt(handler.name, scopeOf({ play, host, frame: handler.frame })));
  } catch (error) {
    // A name that cannot be known yet cannot be notified by name; `listen` still works.
    if (error instanceof FfeError && listensTo(handler).length === 0) warnUnusable(play, handler.name, error);
    return undefined;
  }
}

/** Says once in a play that nothing can notify a handler. */
function warnUnusable({ run, unusable }: PlayRun, name: At, { message }: FfeError): void {
  if (unusable.has(name)) return;
  unusable.add(name);
  const why = 'it has no listen topics and the name could not be templated';
  const text = `Handler '${str(name.value as string)}' is unusable because ${why}. The error: ${message}`;
  run.emit({ type: 'warning', text: run.redactor.text(text), pos: name.pos });
}

const listensTo = (handler: Item): readonly string[] => ('listen' in handler ? handler.listen : []);

/** A task's own notifications, or those of the nearest block or import around it that has some. */
function notificationsOf(task: Task): readonly At[] {
  if (task.notify.length > 0) return task.notify;
  for (let f: Frame | undefined = task.frame; f; f = f.parent) if (f.notify) return f.notify;
  return [];
}

/** Notes the handlers of a changed task: the last one of that name, and every one that listens to it. */
export function notify(host: HostRun, task: Task, scope: LayeredScope): void {
  const { play } = host.batch;
  for (const at of notificationsOf(task)) {
    const value = finishAt(at, scope);
    for (const topic of Array.isArray(value) ? value : [value]) notifyOne(host, play, str(topic), at);
  }
}

function notifyOne(host: HostRun, play: PlayRun, topic: string, at: At): void {
  const named = play.handlers.filter((h) => namesOf(play, h, host.name).includes(topic));
  // The last list of handlers that has the name counts, and in it the first handler.
  const byName = named.find((h) => h.frame.parent === named.at(-1)?.frame.parent);
  const listening = play.handlers.filter((h) => listensTo(h).includes(topic));
  const found = new Set(byName ? [byName, ...listening] : listening);
  if (found.size === 0) {
    const missing = `The requested handler '${topic}' was not found in either the main handlers list nor in the listening handlers list`;
    if (play.run.options.missingHandlers === 'warn') {
      play.run.emit({ type: 'warning', text: missing, pos: at.pos });
      return;
    }
    const known = play.handlers.flatMap((h) => [...namesOf(play, h, host.name), ...listensTo(h)]);
    throw new FfeError('not-found', `${missing}${didYouMean(topic, known)}`, { pos: at.pos });
  }
  for (const handler of found) {
    if (host.notified.has(handler)) continue;
    host.notified.add(handler);
    const [name = topic, long] = namesOf(play, handler, host.name);
    play.run.emit({ type: 'handler-notified', handler: long ?? name, host: host.name });
  }
}
