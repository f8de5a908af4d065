import type { Value } from '../../values/value.js';
import { bind, type Method } from './bind.js';

function plain(name: string, change: (self: string) => Value): readonly [string, Method<string>] {
  return [
    name,
    (self, args, kwargs) => {
      bind(name, '', args, kwargs);
      return change(self);
    },
  ];
}

/** Python's str.title(): every run of letters starts with a capital. */
export function titleCase(self: string): string {
  return self.replace(/\p{L}+/gu, (word) => {
    const [first = '', ...rest] = word;
    return first.toUpperCase() + rest.join('').toLowerCase();
  });
}

/** Python's str.capitalize(). */
export function capitalize(self: string): string {
  const [first = '', ...rest] = self;
  return first.toUpperCase() + rest.join('').toLowerCase();
}

function swapCase(self: string): string {
  return [...self].map((ch) => (ch === ch.toLowerCase() ? ch.toUpperCase() : ch.toLowerCase())).join('');
}

function isTitle(self: string): boolean {
  return /\p{L}/u.test(self) && titleCase(self) === self;
}

function cased(self: string, same: string): boolean {
  return self === same && /[\p{Lu}\p{Ll}\p{Lt}]/u.test(self);
}

/** Changing and asking for the case and kind of characters. */
export const letterMethods: readonly (readonly [string, Method<string>])[] = [
  plain('upper', (s) => s.toUpperCase()),
  plain('lower', (s) => s.toLowerCase()),
  plain('casefold', (s) => s.toLowerCase().replaceAll('ß', 'ss')),
  plain('title', titleCase),
  plain('capitalize', capitalize),
  plain('swapcase', swapCase),
  plain('isupper', (s) => cased(s, s.toUpperCase())),
  plain('islower', (s) => cased(s, s.toLowerCase())),
  plain('istitle', isTitle),
  plain('isalpha', (s) => /^\p{L}+$/u.test(s)),
  plain('isalnum', (s) => /^[\p{L}\p{N}]+$/u.test(s)),
  plain('isdigit', (s) => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u.test(s)),
  plain('isdecimal', (s) => /^\p{Nd}+$/u.test(s)),
  plain('isnumeric', (s) => /^\p{N}+$/u.test(s)),
  plain('isspace', (s) => /^\s+$/.test(s)),
  plain('isascii', (s) => /^[\x00-\x7f]*$/.test(s)),
  plain('isprintable', (s) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(s)),
  plain('isidentifier', (s) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(s)),
];
