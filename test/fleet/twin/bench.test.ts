import { fileURLToPath } from 'node:url';
import { twinTest } from './both.js';

const test = twinTest(fileURLToPath(new URL('../../../bench/site.yml', import.meta.url)));

test.run();
