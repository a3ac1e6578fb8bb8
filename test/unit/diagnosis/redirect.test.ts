import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { Operations } from '../../../src/platform/operations.js';

describe('an answer that redirects', () => {
  it('is told as one of somebody else, with where it points', () => {
    const operations = Operations.parse(readFileSync('data/operations.json', 'utf8'));
    const request = { method: 'GET', url: 'https://api.mypurecloud.com/api/v2/users/me', headers: [['Authorization', 'Bearer x']] } as const;
    const { findings } = diagnose({
      exchange: { request, response: { status: 302, headers: [['Location', 'https://login.proxy.example.com/']] } },
      operations,
    });
    const found = findings.find((f) => f.cause === 'not-genesys');
    assert.equal(found?.verdict, 'likely');
    assert.match(found?.because[0]?.fact ?? '', /login\.proxy\.example\.com/);
  });
});
