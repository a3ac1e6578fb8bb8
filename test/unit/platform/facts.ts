import fs from 'node:fs';
import { Operations } from '../../../src/platform/operations.js';

/** The shipped index. Mocha runs at the top of the repository. */
export const OPERATIONS_JSON = fs.readFileSync('data/operations.json', 'utf8');
export const operations = Operations.parse(OPERATIONS_JSON);

export const GUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
export const OTHER_GUID = '7b5d4a23-0c1d-4e2f-8a9b-1c2d3e4f5a6b';
