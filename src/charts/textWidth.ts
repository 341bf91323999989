/** Widths of text where nothing can measure it (a worker, the command line): between those of Arial and of DejaVu Sans. */

const NARROW = new Set(" .,:;'!|()[]{}/\\ijltfrI·");
const WIDE = new Set("mwMW@%—…→");
const EM = { narrow: 0.33, usual: 0.6, wide: 0.9, capital: 0.7 };

/** Width in pixels of one line at `fontSize` pixels. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) {
    if (NARROW.has(character)) em += EM.narrow;
    else if (WIDE.has(character)) em += EM.wide;
    else em += character >= "A" && character <= "Z" ? EM.capital : EM.usual;
  }
  return em * fontSize;
}

/** Splits a sentence into lines that fit `width` pixels. */
export function wrap(sentence: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of sentence.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
