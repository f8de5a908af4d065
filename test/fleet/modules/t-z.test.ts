import { moduleSuite } from './suite.js';

const test = moduleSuite('t', 'z');

test.run();
