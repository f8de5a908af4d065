import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { inRun, LEVELS, made, PAIRS, type Parts, SURROUNDINGS, toldIn, withUser } from './levels.js';

// Records what ansible-playbook sees for each pair of neighbouring levels, so that the comparison also runs where Ansible
// is not installed.
const ask = (parts: Parts): Promise<string> =>
  inRun(parts, (words, dir) => {
    const env = { ...process.env, ...SURROUNDINGS(dir) };
    return toldIn(execFileSync('ansible-playbook', words, { env, encoding: 'utf8', timeout: 60_000 }));
  });

const answers: { low: string; high: string; seen: string }[] = [];
for (const [low, high] of PAIRS)
  answers.push({ low: low.name, high: high.name, seen: await ask(made([low, high])) });
for (const level of [undefined, LEVELS[0]])
  answers.push({ low: 'command line', high: level?.name ?? '', seen: await ask(withUser(level)) });
const rows = answers.map((one) => JSON.stringify(one)).join(',\n');
writeFileSync(new URL('./pairs.recorded.json', import.meta.url), `[\n${rows}\n]\n`);
