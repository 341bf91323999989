/**
 * Python's regular expressions, matched by backtracking in bounded steps: a pattern that would hang ends
 * the search with "unknown", never the host.
 */

type Node =
  | { readonly kind: "set"; readonly test: (code: number) => boolean }
  | { readonly kind: "group"; readonly index: number | null; readonly body: Node }
  | { readonly kind: "sequence"; readonly items: readonly Node[] }
  | { readonly kind: "choice"; readonly options: readonly Node[] }
  | {
      readonly kind: "repeat";
      readonly body: Node;
      readonly min: number;
      readonly max: number;
      readonly mode: "greedy" | "lazy" | "possessive";
    }
  | { readonly kind: "assert"; readonly test: (text: string, at: number) => boolean }
  | { readonly kind: "look"; readonly body: Node; readonly isAhead: boolean; readonly isNegated: boolean }
  | { readonly kind: "reference"; readonly index: number };

export interface Regex {
  readonly root: Node;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly ignoresCase: boolean;
}

export const FLAGS = {
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  ASCII: 256,
};

export class RegexError extends Error {}
/** The search takes too long. */
export class RegexBudget extends Error {}

/** Steps one search may take; a search in a parameter name takes tens. */
const MAX_STEPS = 200_000;

export function compileRegex(source: string, flags: number): Regex {
  return new Parser(source, flags).parse();
}

const isWord = (code: number): boolean => /[\p{L}\p{N}_]/u.test(String.fromCharCode(code));
const isDigit = (code: number): boolean => /\p{Nd}/u.test(String.fromCharCode(code));
const isSpace = (code: number): boolean => /\s/.test(String.fromCharCode(code));
const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isSpace,
  S: (code) => !isSpace(code),
};
const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
  v: "\v",
  a: "\x07",
  "0": "\0",
};

const wordAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && isWord(text.charCodeAt(at));
const boundary = (text: string, at: number): boolean => wordAt(text, at - 1) !== wordAt(text, at);

class Parser {
  private at = 0;
  private groups = 0;
  private readonly names = new Map<string, number>();
  /** Groups inside one another; a pattern of a million parentheses must not overflow the stack. */
  private depth = 0;

  constructor(
    private readonly source: string,
    private flags: number,
  ) {}

  parse(): Regex {
    const root = this.choice();
    if (this.at < this.source.length) throw new RegexError("unbalanced parenthesis");
    return { root, groups: this.groups, names: this.names, ignoresCase: this.has(FLAGS.IGNORECASE) };
  }

  private has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }
  private eat(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
  private next(): string {
    const character = this.source[this.at++];
    if (character === undefined) throw new RegexError("unexpected end of pattern");
    return character;
  }

  private choice(): Node {
    if (++this.depth > 100) throw new RegexError("groups nested too deeply");
    const options = [this.sequence()];
    while (this.eat("|")) options.push(this.sequence());
    this.depth--;
    return options.length === 1 ? options[0]! : { kind: "choice", options };
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (this.at < this.source.length && !"|)".includes(this.source[this.at]!)) {
      if (this.has(FLAGS.VERBOSE) && this.skipSpace()) continue;
      const item = this.atom();
      if (item !== null) items.push(this.quantified(item));
    }
    return { kind: "sequence", items };
  }

  private skipSpace(): boolean {
    const match = /^(?:\s+|#[^\n]*)/.exec(this.source.slice(this.at));
    this.at += match?.[0].length ?? 0;
    return match !== null;
  }

  private quantified(body: Node): Node {
    let result = body;
    for (;;) {
      const bounds = this.bounds();
      if (bounds === null) return result;
      const mode = this.eat("?") ? "lazy" : this.eat("+") ? "possessive" : "greedy";
      result = { kind: "repeat", body: result, ...bounds, mode };
    }
  }

  private bounds(): { min: number; max: number } | null {
    if (this.eat("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.eat("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.eat("?")) return { min: 0, max: 1 };
    const match = /^\{(\d*)(,?)(\d*)\}/.exec(this.source.slice(this.at));
    if (match === null || (match[1] === "" && match[3] === "")) return null;
    this.at += match[0].length;
    const min = Number(match[1] || 0);
    return {
      min,
      max: match[2] === "" ? min : match[3] === "" ? Number.POSITIVE_INFINITY : Number(match[3]),
    };
  }

  private atom(): Node | null {
    const character = this.next();
    switch (character) {
      case ".":
        return { kind: "set", test: this.has(FLAGS.DOTALL) ? () => true : (code) => code !== 10 };
      case "^":
        return { kind: "assert", test: this.lineStart() };
      case "$":
        return { kind: "assert", test: this.lineEnd() };
      case "[":
        return { kind: "set", test: this.set() };
      case "(":
        return this.group();
      case "\\":
        return this.escape();
      default:
        return this.literal(character);
    }
  }

  private lineStart(): (text: string, at: number) => boolean {
    return this.has(FLAGS.MULTILINE) ? (text, at) => at === 0 || text[at - 1] === "\n" : (_, at) => at === 0;
  }
  private lineEnd(): (text: string, at: number) => boolean {
    const atEnd = (text: string, at: number) =>
      at === text.length || (at === text.length - 1 && text[at] === "\n");
    return this.has(FLAGS.MULTILINE) ? (text, at) => at === text.length || text[at] === "\n" : atEnd;
  }

  private literal(character: string): Node {
    const wanted = character.charCodeAt(0);
    if (!this.has(FLAGS.IGNORECASE)) return { kind: "set", test: (code) => code === wanted };
    const [low, high] = [character.toLowerCase().charCodeAt(0), character.toUpperCase().charCodeAt(0)];
    return { kind: "set", test: (code) => code === low || code === high };
  }

  private escape(): Node {
    const character = this.next();
    const test = CLASSES[character];
    if (test !== undefined) return { kind: "set", test };
    if (character === "b") return { kind: "assert", test: boundary };
    if (character === "B") return { kind: "assert", test: (text, at) => !boundary(text, at) };
    if (character === "A") return { kind: "assert", test: (_, at) => at === 0 };
    if (character === "Z") return { kind: "assert", test: (text, at) => at === text.length };
    if (/[1-9]/.test(character)) return { kind: "reference", index: Number(character) };
    return this.literal(this.escaped(character));
  }

  private escaped(character: string): string {
    const size = { x: 2, u: 4 }[character];
    if (size !== undefined) {
      const digits = this.source.slice(this.at, this.at + size);
      this.at += size;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const control = CONTROLS[character];
    if (control === undefined && /[A-Za-z]/.test(character))
      throw new RegexError(`bad escape \\${character}`);
    return control ?? character;
  }

  private set(): (code: number) => boolean {
    const isNegated = this.eat("^");
    const tests: ((code: number) => boolean)[] = [];
    for (let first = true; first || this.source[this.at] !== "]"; first = false) tests.push(this.setItem());
    this.at++;
    const caseless = this.has(FLAGS.IGNORECASE);
    const inside = (code: number): boolean => tests.some((test) => test(code));
    const matches = (code: number): boolean => {
      if (inside(code) || !caseless) return inside(code);
      const character = String.fromCharCode(code);
      return inside(character.toLowerCase().charCodeAt(0)) || inside(character.toUpperCase().charCodeAt(0));
    };
    return isNegated ? (code) => !matches(code) : matches;
  }

  private setItem(): (code: number) => boolean {
    const low = this.setCharacter();
    if (typeof low !== "string") return low;
    if (this.source[this.at] === "-" && this.source[this.at + 1] !== "]") {
      this.at++;
      const high = this.setCharacter();
      if (typeof high !== "string" || high < low) throw new RegexError("bad character range");
      const [from, to] = [low.charCodeAt(0), high.charCodeAt(0)];
      return (code) => code >= from && code <= to;
    }
    const wanted = low.charCodeAt(0);
    return (code) => code === wanted;
  }

  private setCharacter(): string | ((code: number) => boolean) {
    const character = this.next();
    if (character !== "\\") return character;
    const escaped = this.next();
    return CLASSES[escaped] ?? (escaped === "b" ? "\b" : this.escaped(escaped));
  }

  private group(): Node | null {
    if (!this.eat("?")) return this.captured(null);
    if (this.eat("P<")) return this.captured(this.until(">"));
    if (this.eat("P=")) return { kind: "reference", index: this.names.get(this.until(")")) ?? 0 };
    if (this.eat("#")) {
      this.until(")");
      return null;
    }
    for (const [mark, isAhead, isNegated] of [
      ["=", true, false],
      ["!", true, true],
      ["<=", false, false],
      ["<!", false, true],
    ] as const) {
      if (this.eat(mark)) return { kind: "look", body: this.closed(), isAhead, isNegated };
    }
    return this.flagged();
  }

  private captured(name: string | null): Node {
    const index = ++this.groups;
    if (name !== null) this.names.set(name, index);
    return { kind: "group", index, body: this.closed() };
  }

  /** `(?i)` for all that follows, `(?i:…)` for the group, `(?:…)`. */
  private flagged(): Node | null {
    const match = /^([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(this.source.slice(this.at));
    if (match === null) throw new RegexError("unknown extension");
    this.at += match[0].length;
    const before = this.flags;
    const bit = { a: 256, i: 2, L: 4, m: 8, s: 16, u: 32, x: 64 } as Readonly<Record<string, number>>;
    for (const one of match[1]!) this.flags |= bit[one]!;
    for (const one of match[2] ?? "") this.flags &= ~bit[one]!;
    if (match[3] === ")") return null;
    const body = this.closed();
    this.flags = before;
    return { kind: "group", index: null, body };
  }

  private closed(): Node {
    const body = this.choice();
    if (!this.eat(")")) throw new RegexError("missing ), unterminated subpattern");
    return body;
  }

  private until(end: string): string {
    const at = this.source.indexOf(end, this.at);
    if (at < 0) throw new RegexError(`missing ${end}`);
    const text = this.source.slice(this.at, at);
    this.at = at + end.length;
    return text;
  }
}

/** Start and end of each group, group 0 the whole; undefined where a group took no part. */
export type Spans = readonly (readonly [number, number] | undefined)[];

/** The match that begins exactly at `start`, or null. `isWhole`: it must reach the end of the text. */
export function matchAt(
  regex: Regex,
  text: string,
  start: number,
  isWhole = false,
  budget = { steps: MAX_STEPS },
): Spans | null {
  const spans: ([number, number] | undefined)[] = new Array(regex.groups + 1).fill(undefined);
  const end = run(regex.root, start, (at) => (!isWhole || at === text.length ? at : null));
  if (end === null) return null;
  spans[0] = [start, end];
  return spans;

  /** Matches `node` at `at`, then goes on; null where that fails, with the groups as they were. */
  function run(node: Node, at: number, then: (at: number) => number | null): number | null {
    if (--budget.steps < 0) throw new RegexBudget();
    switch (node.kind) {
      case "set":
        return at < text.length && node.test(text.charCodeAt(at)) ? then(at + 1) : null;
      case "assert":
        return node.test(text, at) ? then(at) : null;
      case "sequence":
        return runSequence(node.items, 0, at, then);
      case "choice":
        for (const option of node.options) {
          const found = run(option, at, then);
          if (found !== null) return found;
        }
        return null;
      case "group":
        return node.index === null ? run(node.body, at, then) : capture(node.index, node.body, at, then);
      case "reference": {
        const [from, to] = spans[node.index] ?? [0, -1];
        if (to < from) return null;
        const part = text.slice(from, to);
        return text.startsWith(part, at) ? then(at + part.length) : null;
      }
      case "look":
        return look(node, at) === node.isNegated ? null : then(at);
      case "repeat":
        return repeat(node, at, then);
    }
  }

  function runSequence(
    items: readonly Node[],
    index: number,
    at: number,
    then: (at: number) => number | null,
  ): number | null {
    const item = items[index];
    if (item === undefined) return then(at);
    return run(item, at, (next) => runSequence(items, index + 1, next, then));
  }

  function capture(
    index: number,
    body: Node,
    at: number,
    then: (at: number) => number | null,
  ): number | null {
    const before = spans[index];
    const found = run(body, at, (end) => {
      const inner = spans[index];
      spans[index] = [at, end];
      const rest = then(end);
      if (rest === null) spans[index] = inner;
      return rest;
    });
    if (found === null) spans[index] = before;
    return found;
  }

  function look(node: Extract<Node, { kind: "look" }>, at: number): boolean {
    if (node.isAhead) return run(node.body, at, (end) => end) !== null;
    for (let from = at; from >= 0; from--) {
      if (run(node.body, from, (end) => (end === at ? end : null)) !== null) return true;
    }
    return false;
  }

  function repeat(
    node: Extract<Node, { kind: "repeat" }>,
    at: number,
    then: (at: number) => number | null,
  ): number | null {
    if (node.body.kind === "set") return repeatSet(node, node.body.test, at, then);
    const more = (count: number, from: number): number | null => {
      const again = (): number | null =>
        count >= node.max
          ? null
          : run(node.body, from, (next) =>
              next === from && count >= node.min ? null : more(count + 1, next),
            );
      if (count < node.min) return again();
      if (node.mode === "lazy") return then(from) ?? again();
      return again() ?? then(from);
    };
    return more(0, at);
  }

  /** One character again and again needs no recursion. */
  function repeatSet(
    node: Extract<Node, { kind: "repeat" }>,
    test: (code: number) => boolean,
    at: number,
    then: (at: number) => number | null,
  ): number | null {
    let end = at;
    const limit = Math.min(text.length, at + node.max);
    if (node.mode === "lazy") {
      for (let count = 0; ; count++) {
        if (count >= node.min) {
          const found = then(end);
          if (found !== null) return found;
        }
        if (--budget.steps < 0) throw new RegexBudget();
        if (end >= limit || !test(text.charCodeAt(end))) return null;
        end++;
      }
    }
    while (end < limit && test(text.charCodeAt(end))) end++;
    budget.steps -= end - at;
    if (node.mode === "possessive") return end - at >= node.min ? then(end) : null;
    for (; end - at >= node.min; end--) {
      if (--budget.steps < 0) throw new RegexBudget();
      const found = then(end);
      if (found !== null) return found;
    }
    return null;
  }
}

/** The first match at or after `start`, or null. */
export function search(regex: Regex, text: string, start = 0): Spans | null {
  const budget = { steps: MAX_STEPS };
  for (let at = start; at <= text.length; at++) {
    const found = matchAt(regex, text, at, false, budget);
    if (found !== null) return found;
  }
  return null;
}
