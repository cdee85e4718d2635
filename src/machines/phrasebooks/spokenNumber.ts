const ONES = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'],
  ...['twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/**
 * A whole number in words, as said in British English: 21 → "twenty-one", 105 → "one hundred and five".
 * @param count 0 to 999; anything else is returned in digits, which a synthesizer can read too.
 */
export function spokenNumber(count: number): string {
  if (!Number.isInteger(count) || count < 0 || count > 999) return String(count);
  if (count < 20) return ONES[count] ?? '';
  if (count < 100) {
    const ones = count % 10;
    return `${TENS[(count - ones) / 10] ?? ''}${ones === 0 ? '' : `-${ONES[ones] ?? ''}`}`;
  }
  const rest = count % 100;
  return `${ONES[(count - rest) / 100] ?? ''} hundred${rest === 0 ? '' : ` and ${spokenNumber(rest)}`}`;
}
