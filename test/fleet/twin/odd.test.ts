import { fileURLToPath } from 'node:url';
import { twinTest } from './both.js';

const test = twinTest(fileURLToPath(new URL('./odd.yml', import.meta.url)));

test.run();
