import { moduleSuite } from './suite.js';

const test = moduleSuite('a', 'o');

test.run();
