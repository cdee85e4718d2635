import { z } from 'zod';
import { EXPECTATIONS } from '../streams/expectation.js';

/**
 * What a program asks to have understood, `{"text", "expecting"?, "now"?}`, read into the text and its context.
 * @param clock the desk's own, for a request that gives no `now`
 */
export function understandRequest(clock: () => Date) {
  return z
    .object({
      text: z.string('give the text to understand'),
      expecting: z.enum(EXPECTATIONS, { error: `give one of ${EXPECTATIONS.join(', ')}` }).optional(),
      now: z.iso
        .datetime({ offset: true, error: 'give an ISO instant such as 2026-11-23T09:00:00Z' })
        .optional(),
    })
    .transform(({ text, expecting, now }) => ({
      text,
      context: { ...(expecting && { expecting }), now: now === undefined ? clock() : new Date(now) },
    }));
}
