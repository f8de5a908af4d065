import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 40;

/** Secrets of others: a registry, a broker, a messenger. A value made here would open nothing. */
const FOREIGN =
  /registry|telegram|webhook|smtp|mail|slack|sentry|coinbase|oanda|gemini|alpha_vantage|license|_token$|_dsn$|_url$|_chat_id$|_account_id$/;

/** VRRP takes eight characters of a password (RFC 2338, 5.3.6.1). */
const SHORT: readonly (readonly [RegExp, number])[] = [[/keepalived|vrrp/, 8]];

/** Whether a secret is given by somebody else, and so cannot be made up. */
export const isForeign = (name: string): boolean => FOREIGN.test(name);

/**
 * A random value for a secret: letters and digits, which every configuration file, address and protocol takes as they
 * are; 40 of them hold 238 bits.
 */
export function makeSecret(name: string): string {
  const length = SHORT.find(([like]) => like.test(name))?.[1] ?? LENGTH;
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]!).join('');
}
