import type { Mention } from './mention.js';
import type { Token } from './token.js';

/** Of a number given without a country code. */
const COUNTRY_CODE = '44';
/** E.164: at most 15 digits, no country code begins with 0. */
const E164 = /^\+[1-9]\d{7,14}$/;
/** A United Kingdom number after its country code: ten digits, a few area codes nine; none begins with 0. */
const NATIONAL = /^[1-9]\d{8,9}$/;

function toE164(digits: string): string | undefined {
  if (digits.startsWith('+')) {
    // "+44 (0)7700 900123" is written often and is not E.164.
    const number = digits.replace(/^\+440/, '+44');
    return E164.test(number) ? number : undefined;
  }
  if (digits.startsWith('00')) return toE164(`+${digits.slice(2)}`);
  if (digits.startsWith('0'))
    return NATIONAL.test(digits.slice(1)) ? `+${COUNTRY_CODE}${digits.slice(1)}` : undefined;
  if (digits.startsWith(COUNTRY_CODE) && NATIONAL.test(digits.slice(2))) return `+${digits}`;
  // Ten digits that begin with 7 are a mobile number said without its 0.
  return /^7\d{9}$/.test(digits) ? `+${COUNTRY_CODE}${digits}` : undefined;
}

/**
 * Telephone numbers in E.164, British unless they say otherwise. Digits that make no whole number are passed
 * over: half a number is none.
 */
export function readPhone(tokens: readonly Token[]): Mention<string>[] {
  const mentions: Mention<string>[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.kind !== 'digits') continue;
    const value = toE164(token.text);
    if (value !== undefined) mentions.push({ value, from: index, to: index + 1 });
  }
  return mentions;
}
