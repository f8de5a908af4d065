/** Debian's list of what is generated, Ubuntu's, and the list of all that can be. */
export const LISTS = {
  debian: '/etc/locale.gen',
  ubuntu: '/var/lib/locales/supported.d/local',
  supported: '/usr/share/i18n/SUPPORTED',
} as const;

const ENTRY = /^(#?\s*)(\S+_\S+)\s+(\S+)\s*$/;

/** A locale's name in one spelling: `locale -a` writes utf8 where lists have UTF-8. */
export function names(locale: string): string {
  const [name = '', encoding] = locale.trim().split('.');
  return encoding === undefined ? name : `${name}.${encoding.toLowerCase().replace(/[^a-z0-9@]/g, '')}`;
}

/** Whether a list has a locale, on or off. */
export function available(list: string, name: string): boolean {
  return list.split('\n').some((line) => ENTRY.exec(line)?.[2] === name);
}

/** The list with a locale's lines on or off (`drop`: taken out). */
export function switched(list: string, name: string, on: boolean, drop: boolean): string {
  return list
    .split('\n')
    .flatMap((line) => {
      const [, , locale, charset] = ENTRY.exec(line) ?? [];
      if (locale !== name) return [line];
      if (!on && drop) return [];
      return [`${on ? '' : '# '}${locale} ${charset}`];
    })
    .join('\n');
}
