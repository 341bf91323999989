/** Stands for `\N{…}`: the table of character names is too large to carry, and no model depends on one. */
export const NAMED_CHARACTER = "\ufffd";

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", ""],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

const HEX_ESCAPES: ReadonlyMap<string, RegExp> = new Map([
  ["x", /^[0-9a-f]{2}/i],
  ["u", /^[0-9a-f]{4}/i],
  ["U", /^(?:000[0-9a-f]|0010)[0-9a-f]{4}/i],
]);

/** What an escape stands for and how many characters of source it takes; `value` is null where it is malformed. */
interface Escape {
  readonly value: string | null;
  readonly length: number;
}

/**
 * The value of a string's source between its quotes, or null where an escape is malformed.
 * A bytes literal's value has one character, up to U+00FF, for each byte.
 */
export function decodeEscapes(source: string, raw: boolean, bytes: boolean): string | null {
  const text = source.includes("\r") ? withLineFeeds(source) : source;
  if (raw || !text.includes("\\")) return text;
  let value = "";
  let from = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", from)) {
    const read = readEscape(text, at + 1, bytes);
    if (read.value === null) return null;
    value += text.slice(from, at) + read.value;
    from = at + 1 + read.length;
  }
  return value + text.slice(from);
}

/** The source with `\n` for every line break, as Python reads files. */
export const withLineFeeds = (source: string): string => source.replaceAll(/\r\n?/g, "\n");

function readEscape(text: string, at: number, bytes: boolean): Escape {
  const letter = text.charAt(at);
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return { value: simple, length: 1 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0];
  if (octal !== undefined) {
    const code = Number.parseInt(octal, 8);
    return { value: String.fromCharCode(bytes ? code & 255 : code), length: octal.length };
  }
  if (letter === "x" || (!bytes && (letter === "u" || letter === "U"))) {
    const digits = HEX_ESCAPES.get(letter)!.exec(text.slice(at + 1, at + 9))?.[0];
    if (digits === undefined) return { value: null, length: 0 };
    return { value: String.fromCodePoint(Number.parseInt(digits, 16)), length: 1 + digits.length };
  }
  if (letter === "N" && !bytes) {
    const name = /^\{[^{}]+\}/.exec(text.slice(at + 1, at + 100))?.[0];
    return name === undefined
      ? { value: null, length: 0 }
      : { value: NAMED_CHARACTER, length: 1 + name.length };
  }
  return { value: "\\", length: 0 };
}
