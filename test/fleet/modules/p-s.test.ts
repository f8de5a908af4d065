import { moduleSuite } from './suite.js';

const test = moduleSuite('p', 's');

test.run();
