import { act } from './acting.js';
import { createAnswers, identity } from './answers.js';
import { completed, createAsking } from './asking.js';
import { becomeKey } from './become.js';
import type { Connection } from './connection.js';
import { createForesight } from './foresight.js';
import type { Node } from './node.js';
import { staleAfter } from './stale.js';

/** A node over a connection: questions with a cache and look-ahead, actions that forget what they changed. */
export function createNode(connection: Connection): Node {
  const answers = createAnswers();
  const asking = createAsking((as) => connection.shell(as), answers);
  const foresight = createForesight();
  const forget = () => answers.forget(() => true);
  return {
    host: connection.target.name,
    local: connection.target.connection === 'local',
    ask: async (queries, as, actual = false) => {
      const found = await asking.ask(queries, as);
      return actual ? found : found.map((answer, i) => foresight.see(queries[i]!, answer));
    },
    expect: foresight.expect,
    knows: (queries, as) => queries.every((q) => answers.get(becomeKey(as), q) !== undefined),
    hint: asking.hint,
    apply: async (actions, then, as) => {
      foresight.forget(actions);
      const stale = staleAfter(actions);
      const epoch = answers.epoch();
      const wanted = new Map([...then, ...asking.takeHints(as)].map((q) => [identity(q), q]));
      const { outcomes, failed, answered } = await act(connection, actions, [...wanted.values()], as).finally(
        () => answers.forget(stale),
      );
      if (failed !== undefined) return { outcomes, failed, answers: [] };
      const all = await completed(await connection.shell(as), answered);
      // Nothing else may have happened since: the one step is that of these actions.
      answers.keep(becomeKey(as), all, epoch + 1);
      const fresh = new Map(all.map(([query, answer]) => [identity(query), answer]));
      return { outcomes, answers: then.map((q) => fresh.get(identity(q))!) };
    },
    exec: (command, as) => connection.run(command, as).finally(forget),
    run: (command, as) => connection.run(command, as).finally(forget),
    spawn: (command, as) => connection.spawn(command, as).finally(forget),
    download: (from, to, as) => connection.download(from, to, { as }),
    upload: (from, to, as) => connection.upload(from, to, { as }).finally(forget),
    forget,
    reset: () => connection.reset().finally(forget),
    close: () => connection.close(),
  };
}
