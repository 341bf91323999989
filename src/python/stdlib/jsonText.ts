/** JSON text → values, as Python's json reads it: `1` is an int, `1.0` a float. */
import { integer } from "../operations/numbers.js";
import { PyDict, PyFloat, PyList, type Value } from "../values.js";

/** Deeper than any configuration; keeps the reader off the end of the stack. */
const MAX_DEPTH = 200;

const TOKEN =
  /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(true|false|null|NaN|-?Infinity))/y;

/** Undefined where the text is no JSON. */
export function readJson(text: string): Value | undefined {
  const reader = new Reader(text);
  const value = reader.value(0);
  return value !== undefined && reader.isAtEnd ? value : undefined;
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.text.slice(this.#at).trim() === "";
  }

  value(depth: number): Value | undefined {
    const token = this.token();
    if (token === null || depth > MAX_DEPTH) return undefined;
    const [, mark, string, number, word] = token;
    if (string !== undefined) return unquote(string);
    if (number !== undefined)
      return /[.eE]/.test(number) ? new PyFloat(Number(number)) : integer(BigInt(number));
    if (word !== undefined) return WORDS.get(word);
    if (mark === "[") return this.list(depth);
    return mark === "{" ? this.dict(depth) : undefined;
  }

  private token(): RegExpExecArray | null {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.text);
    if (match !== null) this.#at = TOKEN.lastIndex;
    return match;
  }

  /** Takes the mark if it is next. */
  private eat(mark: string): boolean {
    const before = this.#at;
    if (this.token()?.[1] === mark) return true;
    this.#at = before;
    return false;
  }

  private list(depth: number): Value | undefined {
    const items: Value[] = [];
    if (this.eat("]")) return new PyList(items);
    for (;;) {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (this.eat("]")) return new PyList(items);
      if (!this.eat(",")) return undefined;
    }
  }

  private dict(depth: number): Value | undefined {
    const dict = new PyDict();
    if (this.eat("}")) return dict;
    for (;;) {
      const key = this.value(depth + 1);
      if (typeof key !== "string" || !this.eat(":")) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      dict.set(key, key, value);
      if (this.eat("}")) return dict;
      if (!this.eat(",")) return undefined;
    }
  }
}

const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", new PyFloat(Number.NaN)],
  ["Infinity", new PyFloat(Number.POSITIVE_INFINITY)],
  ["-Infinity", new PyFloat(Number.NEGATIVE_INFINITY)],
]);

function unquote(string: string): string | undefined {
  try {
    return JSON.parse(string) as string;
  } catch {
    return undefined;
  }
}
