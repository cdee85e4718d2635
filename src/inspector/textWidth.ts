/** About how wide a text is in a common sans-serif, in pixels: there is no font to ask while drawing. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) {
    if (/[ijlt.,:;'’“”|!()[\]· ]/.test(letter)) ems += 0.36;
    else ems += /[mwMW→]/.test(letter) ? 0.88 : 0.58;
  }
  return Math.ceil(ems * size);
}
