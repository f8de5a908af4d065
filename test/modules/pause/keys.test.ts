import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunInfo, RunModule } from '../../../lib/modules/module.js';
import type { Operator } from '../../../lib/modules/operator.js';
import { pause } from '../../../lib/modules/pause.js';
import type { JsonObject } from '../../../lib/values/json.js';

type Paused = { readonly result: JsonObject; readonly said: readonly string[]; readonly shown: string };

/** Pauses with somebody at the terminal who presses these keys. */
async function paused(args: JsonObject, pressed: string): Promise<Paused> {
  const said: string[] = [];
  const written: string[] = [];
  const keys = [...pressed];
  const operator: Operator = {
    typing: (use) =>
      use({
        next: () => (keys.length > 0 ? Promise.resolve(keys.shift()) : new Promise(() => {})),
        write: (text) => void written.push(text),
      }),
  };
  const info = {
    ...{ args: { echo: true, ...args }, title: 'Wait', operator, signal: new AbortController().signal },
    say: (text: string) => void said.push(text),
  } as unknown as RunInfo;
  const result = (await (pause as RunModule).run(info)) as JsonObject;
  return { result, said, shown: written.join('') };
}

test('what is typed until Enter is the answer, and shown', async () => {
  const { result, said, shown } = await paused({ prompt: 'Name?' }, 'Ad\x7fda\r');
  assert.is(result.user_input, 'Ada');
  assert.equal(said, ['[Wait]\nName?:']);
  assert.is(shown, 'Ad\b \bda\n');
});

test('without echo nothing is shown', async () => {
  const { result, said, shown } = await paused({ echo: false }, 'secret\n');
  assert.is(result.user_input, 'secret');
  assert.equal(said, ['[Wait]\nPress enter to continue, Ctrl+C to interrupt (output is hidden):']);
  assert.is(shown, '\n');
});

test('Ctrl-C asks, C goes on', async () => {
  const { result, said } = await paused({ seconds: 60 }, '\r\x03xC');
  assert.is(result.failed, undefined);
  assert.is(said.at(-1), "Press 'C' to continue the play or 'A' to abort ");
});

test('Ctrl-C asks, A aborts', async () => {
  for (const args of [{ seconds: 60 }, {}]) {
    const { result } = await paused(args, '\x03a');
    assert.equal([result.failed, result.msg], [true, 'user requested abort!']);
  }
});

test('other keys do not end a timed pause; fractions are left out', async () => {
  const { result, said } = await paused({ seconds: 0.1 }, '\rx');
  assert.match(String(result.stdout), /^Paused for 1(\.\d+)? seconds$/);
  assert.is(said[0], 'Pausing for 1 seconds');
});

test('what is no number is refused in Ansible words', async () => {
  const refused = await paused({ seconds: 'hello' }, '').then(
    () => '',
    (error: Error) => error.message,
  );
  assert.match(refused, "argument 'seconds' is of type <class 'str'> and we were unable to convert to int");
});

test.run();
