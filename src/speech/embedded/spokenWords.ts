/**
 * A text as the words that are said: lower case, accents dropped, hyphens and punctuation taken for gaps,
 * places such as `{date}` kept.
 */
export function spokenWords(text: string): string[] {
  return text
    .replaceAll(/[’‘]/g, "'")
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[\s,.;:!?"()…–—-]+/)
    .map((word) => (/^\{.*\}$/.test(word) ? word : word.toLowerCase()))
    .filter((word) => word !== '');
}
