import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';
import { expect } from 'vitest';

/** Runs a marble test: inside, every timer of RxJS's asyncScheduler takes virtual time. */
export function virtualTime(diagrams: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(diagrams);
}
