import { isDigit } from "./characters.js";

type DigitTest = (code: number) => boolean;

const UNDERSCORE = 95;

/** The digits that each letter after a leading zero announces. */
const RADIX_DIGITS: ReadonlyMap<string, DigitTest> = new Map([
  ["x", (code) => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102)],
  ["o", (code) => code >= 48 && code <= 55],
  ["b", (code) => code === 48 || code === 49],
]);

/** The exclusive end of the number that begins at `start`, an integer, float or imaginary one. */
export function numberEnd(text: string, start: number): number {
  if (text[start] === "0") {
    const radixDigit = RADIX_DIGITS.get(text.charAt(start + 1).toLowerCase());
    if (radixDigit !== undefined) return digitsEnd(text, start + 2, radixDigit);
  }
  let end = digitsEnd(text, start, isDigit);
  if (text[end] === ".")
    end = isDigit(text.charCodeAt(end + 1)) ? digitsEnd(text, end + 1, isDigit) : end + 1;
  end = exponentEnd(text, end);
  return text.charAt(end).toLowerCase() === "j" ? end + 1 : end;
}

/** The end of digits with single underscores between them (before the first only after `0x` and the like). */
function digitsEnd(text: string, start: number, test: DigitTest): number {
  let end = start;
  for (;;) {
    if (test(text.charCodeAt(end))) end++;
    else if (text.charCodeAt(end) === UNDERSCORE && test(text.charCodeAt(end + 1))) end += 2;
    else return end;
  }
}

function exponentEnd(text: string, start: number): number {
  if (text.charAt(start).toLowerCase() !== "e") return start;
  const sign = text[start + 1] === "+" || text[start + 1] === "-" ? 1 : 0;
  return isDigit(text.charCodeAt(start + 1 + sign)) ? digitsEnd(text, start + 1 + sign, isDigit) : start;
}
