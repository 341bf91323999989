/** Character classes of Python source, by character code. */

export const TAB = 9;
export const LINE_FEED = 10;
export const FORM_FEED = 12;
export const CARRIAGE_RETURN = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const DOT = 46;
export const BACKSLASH = 92;
export const BRACE_OPEN = 123;
export const BRACE_CLOSE = 125;
export const BYTE_ORDER_MARK = 0xfeff;

const NAME_START = /[\p{XID_Start}_]/u;
const NAME_PART = /\p{XID_Continue}/u;

/** 1 where an ASCII character may begin a name, 2 where it may only continue one. */
const ASCII_NAME = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z_]/.test(character) ? 1 : /[0-9]/.test(character) ? 2 : 0;
});

export const isLineBreak = (code: number): boolean => code === LINE_FEED || code === CARRIAGE_RETURN;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isSpace = (code: number): boolean => code === SPACE || code === TAB || code === FORM_FEED;

/** Whether a name may begin with the character at `offset`. */
export function isNameStart(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  if (code < 128) return ASCII_NAME[code] === 1;
  return code >= 128 && NAME_START.test(String.fromCodePoint(text.codePointAt(offset)!));
}

/** The end of the name that begins at `offset`. */
export function nameEnd(text: string, offset: number): number {
  let end = offset;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code < 128) {
      if (ASCII_NAME[code] === 0) return end;
      end++;
    } else {
      const point = text.codePointAt(end);
      if (point === undefined || !NAME_PART.test(String.fromCodePoint(point))) return end;
      end += point > 0xffff ? 2 : 1;
    }
  }
}

/** The offset after the line break at `offset`, taking `\r\n` as one. */
export function afterLineBreak(text: string, offset: number): number {
  return text.charCodeAt(offset) === CARRIAGE_RETURN && text.charCodeAt(offset + 1) === LINE_FEED
    ? offset + 2
    : offset + 1;
}

/** The offset of the first line break at or after `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineBreak(text.charCodeAt(end))) end++;
  return end;
}
