/** A further link that follows an alternative: its name, where the link is, and what it leads to. */
export type Subcommand = { readonly name: string; readonly path: string; readonly link?: string };

/** One program that can be chosen. */
export type Choice = { readonly priority: number; readonly subcommands: readonly Subcommand[] };

/** The state of a generic name; `manual` when somebody chose. */
export type Alternative = {
  readonly manual: boolean;
  readonly current?: string;
  readonly link?: string;
  readonly choices: Readonly<Record<string, Choice>>;
};

/** Reads what `update-alternatives --display NAME` prints. */
export function parseDisplay(output: string): Alternative {
  const links = new Map<string, string>();
  const choices: Record<string, Choice> = {};
  const state = { manual: / - (status is )?manual( mode|\.)$/m.test(output), last: '' };
  for (const line of output.split('\n')) {
    const link = /^\s+(?:slave|follower) (\S+) is (.*)$/.exec(line);
    if (link) links.set(link[1]!, link[2]!);
    const choice = /^(\/.*) - (?:family \S+ )?priority (-?\d+)$/.exec(line);
    if (choice) {
      state.last = choice[1]!;
      choices[state.last] = { priority: Number(choice[2]), subcommands: [] };
    }
    const slave = /^\s+(?:slave|follower) (\S+): (.*)$/.exec(line);
    const owner = choices[state.last];
    if (!slave || !owner || slave[2] === '(null)') continue;
    const one = { name: slave[1]!, path: slave[2]!, link: links.get(slave[1]!) };
    choices[state.last] = { ...owner, subcommands: [...owner.subcommands, one] };
  }
  const [, current] = /^\s*link currently points to (.*)$/m.exec(output) ?? [];
  const [, link] = /^\s*link \S+ is (.*)$/m.exec(output) ?? [];
  return { manual: state.manual, current, link, choices };
}
