import type { Attempt } from '../../org/calls/attempt.js';
import { addressesOf, stateWords } from '../../org/calls/attemptWords.js';
import { dayOf } from './days.js';

/** A part of a number as somebody types it. What has fewer digits is a word: `403`, `42`. */
const NUMBER = /(?<![\w-])\+?\(?\d(?:[ ().\u00a0/-]{0,2}\d){4,}(?!\w)/g;
const DAY = /^\d{4}-\d\d(?:-\d\d)?$/;

/**
 * A filter for attempts: its words are looked for in agent, destination, org, region, state, status and day, its numbers in the numbers
 * called, however either is written. All of them have to be there. @returns undefined where nothing is asked for
 */
export function historyFilter(typed: string, now: Date): ((attempt: Attempt) => boolean) | undefined {
  const numbers: string[] = [];
  const rest = typed.replace(NUMBER, (number) => {
    if (DAY.test(number)) return number;
    numbers.push(number.replace(/\D/g, '').replace(/^0+/, ''));
    return ' ';
  });
  const words = plain(rest).split(/\s+/).filter(Boolean);
  if (numbers.length + words.length === 0) return undefined;
  return (attempt) => {
    const called = [...addressesOf(attempt), attempt.to].map((a) => a.replace(/\D/g, ''));
    if (!numbers.every((n) => called.some((c) => c.includes(n)))) return false;
    const text = textOf(attempt, now);
    return words.every((w) => text.includes(w));
  };
}

function textOf(attempt: Attempt, now: Date): string {
  const { agent, to, org, region, state, status } = attempt;
  const at = new Date(attempt.at);
  return plain([agent, to, org, region, state, stateWords(attempt), status ?? '', ...(Number.isNaN(at.getTime()) ? [] : dayOf(at, now).words)].join(' '));
}

/** In small letters, without accents. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
