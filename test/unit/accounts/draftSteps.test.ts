import assert from 'node:assert/strict';
import { type DraftStep, walk } from '../../../src/accounts/draftSteps.js';

type Answer = 'next' | 'back' | 'stop' | 'skip';

/** Steps that give these answers one after another, and what they were asked: name, and whether Back is offered. */
function script(answers: Readonly<Record<string, readonly Answer[]>>): { steps: DraftStep[]; asked: string[] } {
  const asked: string[] = [];
  const left = Object.fromEntries(Object.entries(answers).map(([name, list]) => [name, [...list]]));
  const steps = Object.keys(answers).map(
    (name): DraftStep =>
      async (back) => {
        asked.push(`${name}${back ? ' <' : ''}`);
        return left[name]?.shift() ?? assert.fail(`${name} was asked once too often`);
      },
  );
  return { steps, asked };
}

describe('accounts/draftSteps', () => {
  it('asks one after another, and offers Back from the second on', async () => {
    const { steps, asked } = script({ a: ['next'], b: ['next'], c: ['next'] });
    assert.deepEqual([await walk(false, steps), asked], ['done', ['a', 'b <', 'c <']]);
  });

  it('goes back to the step before, and on from there', async () => {
    const { steps, asked } = script({ a: ['next', 'next'], b: ['next', 'back', 'next'], c: ['back', 'next'] });
    assert.deepEqual([await walk(false, steps), asked], ['done', ['a', 'b <', 'c <', 'b <', 'a', 'b <', 'c <']]);
  });

  it('goes back over what had nothing to ask', async () => {
    const { steps, asked } = script({ a: ['next', 'next'], b: ['skip', 'skip'], c: ['back', 'next'] });
    assert.deepEqual([await walk(false, steps), asked], ['done', ['a', 'b <', 'c <', 'a', 'b <', 'c <']]);
  });

  it('leads out of the first step that asks where there is something before it', async () => {
    const { steps, asked } = script({ a: ['skip'], b: ['back'] });
    assert.deepEqual([await walk(true, steps), asked], ['back', ['a <', 'b <']]);
  });

  it('ends where the person stops', async () => {
    const { steps, asked } = script({ a: ['next'], b: ['stop'], c: [] });
    assert.deepEqual([await walk(true, steps), asked], ['stop', ['a <', 'b <']]);
  });
});
