import { type Become, becomeKey } from './become.js';
import { isNeeded } from './become-command.js';
import type { Place } from './running.js';
import { openSession, type Session } from './session.js';
import type { Shell } from './shell.js';
import type { Transport } from './transport.js';

/** The long-lived shells of one transport: one per become user, opened at first use, replaced when it has ended. */
export type Sessions = {
  of(as: Become | undefined): Promise<Session>;
  close(): Promise<void>;
};

/** No shell is open yet. */
export function createSessions(transport: Transport, place: Place): Sessions {
  const open = new Map<string, Promise<Session>>();
  const of = async (as: Become | undefined): Promise<Session> => {
    const become = isNeeded(as, transport.user) ? as : undefined;
    const key = becomeKey(become);
    const mine = open.get(key) ?? openSession(transport, { ...place, become });
    open.set(key, mine);
    const drop = () => {
      if (open.get(key) === mine) open.delete(key);
    };
    const session = await mine.catch((error: unknown) => {
      drop();
      throw error;
    });
    const lost = transport.lost();
    if (session.alive || lost !== undefined) return yielding(session, () => leaveOthers(key));
    drop();
    return of(as);
  };
  const leaveOthers = async (mine: string) => {
    const others = [...open].filter(([key]) => key !== mine && key !== '');
    await Promise.all(others.map(([, one]) => one.then((session) => session.leave()).catch(() => {})));
  };
  return {
    of,
    close: async () => {
      const all = [...open.values()].map((one) => one.then((session) => session.close()).catch(() => {}));
      await Promise.all(all);
    },
  };
}

// Programs that refuse an account as long as any process runs as it, which an idle shell of ours would be.
const needsNobody = /\b(userdel|usermod|deluser)\b/;

function yielding(session: Session, leaveOthers: () => Promise<void>): Session {
  return {
    get alive() {
      return session.alive;
    },
    run: async (script) => {
      if (needsNobody.test(script.text)) await leaveOthers();
      return session.run(script);
    },
    command: async (text, signal) => {
      if (needsNobody.test(text)) await leaveOthers();
      return session.command(text, signal);
    },
    leave: session.leave,
    close: session.close,
  };
}

/** A shell that stays the same for its holder: when the session behind it has ended, the next script gets a new one. */
export function lastingShell(first: Session, renew: () => Promise<Session>): Shell {
  let current = first;
  return {
    get alive() {
      return current.alive;
    },
    run: async (script) => {
      if (!current.alive) current = await renew();
      return current.run(script);
    },
    close: () => current.close(),
  };
}
