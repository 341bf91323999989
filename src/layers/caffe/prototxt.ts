/** Protocol buffers' text format → a tree of fields with offsets. Tolerant: what does not parse is skipped. */

/** A field as written; a field that stands there twice is there twice. */
export interface Field {
  readonly name: string;
  readonly value: Scalar | Message;
  /** Offsets of the whole field, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A string, number, boolean or enumeration constant, which stays a word. */
export type Scalar = string | number | boolean;

export interface Message {
  readonly fields: readonly Field[];
}

export interface TextFormat extends Message {
  readonly problems: readonly { readonly start: number; readonly end: number; readonly message: string }[];
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}<>[\]:;,]|[^\s{}<>[\]:;,"'#]+/g;
/** Deeper nesting than any real net has; beyond it a hostile text would exhaust the stack. */
const MAX_DEPTH = 100;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "<": ">" };

/** Reads a whole text. */
export function parsePrototxt(text: string): TextFormat {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    if (match[0].startsWith("#")) continue;
    tokens.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  const reader = new Reader(tokens);
  const fields = reader.fields("", 0);
  return { fields, problems: reader.problems };
}

class Reader {
  readonly problems: { start: number; end: number; message: string }[] = [];
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Fields up to the closing bracket, or to the end where `close` is empty. */
  fields(close: string, depth: number): Field[] {
    const found: Field[] = [];
    for (;;) {
      const token = this.tokens[this.#at];
      if (token === undefined) {
        if (close !== "") this.problem(this.tokens.at(-1), `"${close}" is missing`);
        return found;
      }
      if (token.text === close) return found;
      if (token.text === ";" || token.text === ",") this.#at++;
      else if (/^[A-Za-z_]/.test(token.text)) this.field(token, depth, found);
      else {
        this.problem(token, `"${token.text}" is no field`);
        this.#at++;
      }
    }
  }

  private field(name: Token, depth: number, into: Field[]): void {
    this.#at++;
    const hasColon = this.tokens[this.#at]?.text === ":";
    if (hasColon) this.#at++;
    const token = this.tokens[this.#at];
    if (token === undefined || token.text === "}") {
      this.problem(name, `${name.text} has no value`);
    } else if (token.text in CLOSING) {
      this.add(into, name, this.message(token, depth));
    } else if (token.text === "[") {
      this.list(name, depth, into);
    } else if (hasColon) {
      this.#at++;
      this.add(into, name, scalar(token.text));
    } else {
      this.problem(name, `${name.text} has no value`);
    }
  }

  private add(into: Field[], name: Token, value: Scalar | Message): void {
    const end = this.tokens[this.#at - 1]?.end ?? name.end;
    into.push({ name: name.text, value, start: name.start, end });
  }

  private message(open: Token, depth: number): Message {
    this.#at++;
    if (depth >= MAX_DEPTH) {
      this.problem(open, "nested too deeply");
      this.#at = this.tokens.length;
      return { fields: [] };
    }
    const fields = this.fields(CLOSING[open.text]!, depth + 1);
    if (this.#at < this.tokens.length) this.#at++;
    return { fields };
  }

  /** `dim: [1, 3]` is a field for each value. */
  private list(name: Token, depth: number, into: Field[]): void {
    this.#at++;
    for (let token = this.tokens[this.#at]; token !== undefined; token = this.tokens[this.#at]) {
      if (token.text === "]") {
        this.#at++;
        return;
      }
      if (token.text in CLOSING) this.add(into, name, this.message(token, depth));
      else {
        this.#at++;
        if (token.text !== ",") this.add(into, name, scalar(token.text));
      }
    }
  }

  private problem(token: Token | undefined, message: string): void {
    this.problems.push({ start: token?.start ?? 0, end: token?.end ?? 0, message });
  }
}

function scalar(text: string): Scalar {
  if (/^["']/.test(text)) return text.slice(1, -1).replace(/\\(.)/g, "$1");
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text.replace(/f$/, ""));
  return text !== "" && Number.isFinite(number) ? number : text;
}

/** All values of a repeated field. */
export const valuesOf = (message: Message, name: string): readonly (Scalar | Message)[] =>
  message.fields.filter((field) => field.name === name).map(({ value }) => value);

/** The messages among them. */
export const messagesOf = (message: Message, name: string): readonly Message[] =>
  valuesOf(message, name).filter((value) => typeof value === "object");

export const numbersOf = (message: Message, name: string): readonly number[] =>
  valuesOf(message, name).filter((value) => typeof value === "number");

/** The last value wins, as protocol buffers have it. */
export const numberOf = (message: Message, name: string): number | undefined =>
  numbersOf(message, name).at(-1);

export function wordOf(message: Message, name: string): string | undefined {
  const value = valuesOf(message, name).at(-1);
  return typeof value === "string" ? value : undefined;
}

export const flagOf = (message: Message, name: string, otherwise: boolean): boolean => {
  const value = valuesOf(message, name).at(-1);
  return typeof value === "boolean" ? value : otherwise;
};
