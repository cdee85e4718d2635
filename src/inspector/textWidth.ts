/** About how wide a text is in a common sans-serif, in pixels: there is no font to ask while drawing. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) {
    if (/[ijlt.,:;'’“”|!()[\]· ]/.test(letter)) ems += 0.36;
    else ems += /[mwMW→]/.test(letter) ? 0.88 : 0.58;
  }
  return Math.ceil(ems * size);
}

/** A text in lines that are no wider than `width`, where words allow it. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
