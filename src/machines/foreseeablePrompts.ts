import type { PromptContent } from './prompt.js';

/**
 * What is likely to be said next and is known word for word already, so that it can be synthesised while the
 * caller still answers: after the confirmation, that the booking is made. Making the sound of a sentence is
 * not saying it; that is still up to the store.
 */
export function foreseeablePrompts(content: PromptContent): readonly PromptContent[] {
  if (content.key !== 'confirm') return [];
  const { date, time, name } = content.draft;
  if (date === undefined || time === undefined || name === undefined) return [];
  return [{ key: 'booked', booking: { id: '', date, time, name, status: 'booked' } }];
}
