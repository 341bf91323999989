// Our syntax tree in the notation of dumpTrees.py, so that the two can be compared item by item.
import type {
  Comprehension,
  Expression,
  FormattedValue,
  Keyword,
  Parameter,
  Parameters,
  Pattern,
  Statement,
  TypeParameter,
} from "../../../src/python/syntax/ast.js";

export type Item = string | number | boolean | null;

/** CPython's names of the operators. */
const OPERATORS: Record<string, string> = {
  "+": "Add",
  "-": "Sub",
  "*": "Mult",
  "@": "MatMult",
  "/": "Div",
  "//": "FloorDiv",
  "%": "Mod",
  "**": "Pow",
  "<<": "LShift",
  ">>": "RShift",
  "|": "BitOr",
  "^": "BitXor",
  "&": "BitAnd",
  and: "And",
  or: "Or",
  "==": "Eq",
  "!=": "NotEq",
  "<": "Lt",
  "<=": "LtE",
  ">": "Gt",
  ">=": "GtE",
  is: "Is",
  "is not": "IsNot",
  in: "In",
  "not in": "NotIn",
};
const UNARY_OPERATORS: Record<string, string> = { "+": "UAdd", "-": "USub", "~": "Invert", not: "Not" };

/** Whether an item of CPython's may differ: its own position is wrong, or `\N{…}` has no name table here. */
export function agrees(ours: Item | undefined, theirs: Item | undefined): boolean {
  if (ours === theirs || theirs === -1) return true;
  if (typeof ours !== "string" || typeof theirs !== "string" || !ours.includes("\ufffd")) return false;
  const expected = Array.from(theirs);
  return Array.from(ours).every((character, i) => character === "\ufffd" || character === expected[i]);
}

/** Writes trees of one source text. `typeParameters` says whether this CPython knows them (3.12 on). */
export class FlatTree {
  readonly items: Item[] = [];
  readonly #lineStarts: number[] = [0];
  readonly #ascii: boolean;

  constructor(
    readonly source: string,
    readonly version: number,
  ) {
    for (const { index, 0: lineBreak } of source.matchAll(/\r\n?|\n/g))
      this.#lineStarts.push(index + lineBreak.length);
    this.#ascii = /^[\0-\x7f]*$/.test(source);
  }

  statements(statements: readonly Statement[]): void {
    this.#list(statements, (each) => this.#statement(each));
  }

  #add(...items: Item[]): void {
    for (const item of items) this.items.push(item);
  }

  #place({ start, end }: { start: number; end: number }): void {
    this.#position(start);
    this.#position(end);
  }

  #position(offset: number): void {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle;
    }
    const lineStart = this.#lineStarts[low]!;
    const column = this.#ascii ? offset - lineStart : Buffer.byteLength(this.source.slice(lineStart, offset));
    this.items.push(low + 1, column);
  }

  #node(kind: string, place: { start: number; end: number }): void {
    this.items.push(kind);
    this.#place(place);
  }

  #list<T>(list: readonly T[], each: (item: T) => void): void {
    this.items.push(list.length);
    for (const item of list) each(item);
  }

  #expressions(list: readonly (Expression | null)[]): void {
    this.#list(list, (each) => this.#optional(each));
  }

  #optional(expression: Expression | null): void {
    if (expression === null) this.items.push(null);
    else this.#expression(expression);
  }

  #statement(s: Statement): void {
    switch (s.kind) {
      case "FunctionDef":
        this.#node(s.isAsync ? "AsyncFunctionDef" : "FunctionDef", s);
        this.#add(s.name);
        this.#parameters(s.parameters);
        this.statements(s.body.statements);
        this.#expressions(s.decorators);
        this.#optional(s.returns);
        this.#typeParameters(s.typeParameters);
        return;
      case "ClassDef":
        this.#node(s.kind, s);
        this.#add(s.name);
        this.#expressions(s.bases);
        this.#keywords(s.keywords);
        this.statements(s.body.statements);
        this.#expressions(s.decorators);
        this.#typeParameters(s.typeParameters);
        return;
      case "Return":
      case "Expr":
        this.#node(s.kind, s);
        this.#optional(s.value);
        return;
      case "Delete":
        this.#node(s.kind, s);
        this.#expressions(s.targets);
        return;
      case "Assign":
        this.#node(s.kind, s);
        this.#expressions(s.targets);
        this.#expression(s.value);
        return;
      case "AugAssign":
        this.#node(s.kind, s);
        this.#expression(s.target);
        this.#add(OPERATORS[s.op]!);
        this.#expression(s.value);
        return;
      case "AnnAssign":
        this.#node(s.kind, s);
        this.#expression(s.target);
        this.#expression(s.annotation);
        this.#optional(s.value);
        this.#add(s.simple ? 1 : 0);
        return;
      case "TypeAlias":
        this.#node(s.kind, s);
        this.#expression(s.name);
        this.#typeParameters(s.typeParameters);
        this.#expression(s.value);
        return;
      case "For":
        this.#node(s.isAsync ? "AsyncFor" : "For", s);
        this.#expression(s.target);
        this.#expression(s.iterable);
        this.statements(s.body.statements);
        this.statements(s.orElse.statements);
        return;
      case "While":
      case "If":
        this.#node(s.kind, s);
        this.#expression(s.test);
        this.statements(s.body.statements);
        this.statements(s.orElse.statements);
        return;
      case "With":
        this.#node(s.isAsync ? "AsyncWith" : "With", s);
        this.#list(s.items, (item) => {
          this.#add("withitem");
          this.#expression(item.context);
          this.#optional(item.target);
        });
        this.statements(s.body.statements);
        return;
      case "Match":
        this.#node(s.kind, s);
        this.#expression(s.subject);
        this.#list(s.cases, (each) => {
          this.#add("match_case");
          this.#pattern(each.pattern);
          this.#optional(each.guard);
          this.statements(each.body.statements);
        });
        return;
      case "Raise":
        this.#node(s.kind, s);
        this.#optional(s.exception);
        this.#optional(s.cause);
        return;
      case "Try":
        this.#node(s.isStar ? "TryStar" : "Try", s);
        this.statements(s.body.statements);
        this.#list(s.handlers, (each) => {
          this.#node("ExceptHandler", each);
          this.#optional(each.type);
          this.#add(each.name);
          this.statements(each.body.statements);
        });
        this.statements(s.orElse.statements);
        this.statements(s.finalBody.statements);
        return;
      case "Assert":
        this.#node(s.kind, s);
        this.#expression(s.test);
        this.#optional(s.message);
        return;
      case "Import":
      case "ImportFrom":
        this.#node(s.kind, s);
        if (s.kind === "ImportFrom") this.#add(s.module);
        this.#list(s.names, (each) => {
          this.#node("alias", each);
          this.#add(each.name, each.asName);
        });
        if (s.kind === "ImportFrom") this.#add(s.level);
        return;
      case "Global":
      case "Nonlocal":
        this.#node(s.kind, s);
        this.#list(s.names, (name) => this.#add(name));
        return;
      case "Pass":
      case "Break":
      case "Continue":
      case "ErrorStatement":
        this.#node(s.kind, s);
    }
  }

  #typeParameters(list: readonly TypeParameter[]): void {
    if (this.version < 312) return;
    this.#list(list, (each) => {
      this.#node(each.kind, each);
      this.#add(each.name);
      if (each.kind === "TypeVar") this.#optional(each.bound);
      if (this.version >= 313) this.#optional(each.default);
    });
  }

  #parameters(p: Parameters): void {
    this.#add("arguments");
    const one = (each: Parameter | null) => {
      if (each === null) this.#add(null);
      else {
        this.#node("arg", each);
        this.#add(each.name);
        this.#optional(each.annotation);
      }
    };
    this.#list(p.positionalOnly, one);
    this.#list(p.positional, one);
    one(p.star);
    this.#list(p.keywordOnly, one);
    this.#expressions(p.keywordOnly.map((each) => each.default));
    one(p.doubleStar);
    const defaults = [...p.positionalOnly, ...p.positional].map((each) => each.default);
    this.#expressions(defaults.filter((each) => each !== null));
  }

  #keywords(list: readonly Keyword[]): void {
    this.#list(list, (each) => {
      this.#node("keyword", each);
      this.#add(each.name);
      this.#expression(each.value);
    });
  }

  #expression(e: Expression): void {
    switch (e.kind) {
      case "Constant":
        this.#node(e.kind, e);
        this.#constant(e);
        return;
      case "Name":
        this.#node(e.kind, e);
        this.#add(e.id);
        return;
      case "Attribute":
        this.#node(e.kind, e);
        this.#expression(e.value);
        this.#add(e.attr);
        return;
      case "Subscript":
        this.#node(e.kind, e);
        this.#expression(e.value);
        this.#expression(e.index);
        return;
      case "Slice":
        this.#node(e.kind, e);
        for (const bound of [e.lower, e.upper, e.step]) this.#optional(bound);
        return;
      case "Call":
        this.#node(e.kind, e);
        this.#expression(e.func);
        this.#expressions(e.args);
        this.#keywords(e.keywords);
        return;
      case "BinOp":
        this.#node(e.kind, e);
        this.#expression(e.left);
        this.#add(OPERATORS[e.op]!);
        this.#expression(e.right);
        return;
      case "UnaryOp":
        this.#node(e.kind, e);
        this.#add(UNARY_OPERATORS[e.op]!);
        this.#expression(e.operand);
        return;
      case "BoolOp":
        this.#node(e.kind, e);
        this.#add(OPERATORS[e.op]!);
        this.#expressions(e.values);
        return;
      case "Compare":
        this.#node(e.kind, e);
        this.#expression(e.left);
        this.#list(e.ops, (op) => this.#add(OPERATORS[op]!));
        this.#expressions(e.comparators);
        return;
      case "IfExp":
        this.#node(e.kind, e);
        for (const part of [e.test, e.body, e.orElse]) this.#expression(part);
        return;
      case "Lambda":
        this.#node(e.kind, e);
        this.#parameters(e.parameters);
        this.#expression(e.body);
        return;
      case "Tuple":
      case "List":
      case "Set":
        this.#node(e.kind, e);
        this.#expressions(e.elements);
        return;
      case "Dict":
        this.#node(e.kind, e);
        this.#expressions(e.keys);
        this.#expressions(e.values);
        return;
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
      case "DictComp":
        this.#comprehension(e);
        return;
      case "JoinedStr":
      case "TemplateStr":
        this.#node(e.kind, e);
        this.#parts(e.parts);
        return;
      case "NamedExpr":
        this.#node(e.kind, e);
        this.#expression(e.target);
        this.#expression(e.value);
        return;
      case "Starred":
      case "Await":
      case "Yield":
      case "YieldFrom":
        this.#node(e.kind, e);
        this.#optional(e.value);
        return;
      case "Error":
        this.#node(e.kind, e);
    }
  }

  #constant({ type, value }: Expression & { kind: "Constant" }): void {
    this.#add(type === "Ellipsis" ? "ellipsis" : type === "None" ? "NoneType" : type);
    if (type === "int") this.#add(`0x${BigInt(value as number).toString(16)}`);
    else if (type === "float" || type === "complex")
      this.#add(value === Number.POSITIVE_INFINITY ? "inf" : (value as number));
    else this.#add(value as string);
  }

  #comprehension(e: Comprehension): void {
    this.#node(e.kind, e);
    this.#expression(e.element);
    if (e.kind === "DictComp") this.#optional(e.value);
    this.#list(e.clauses, (clause) => {
      this.#add("comprehension");
      this.#expression(clause.target);
      this.#expression(clause.iterable);
      this.#expressions(clause.conditions);
      this.#add(clause.isAsync ? 1 : 0);
    });
  }

  /** Texts and values; what `{x=}` prints before its value counts as text. */
  #parts(parts: readonly (string | FormattedValue)[]): void {
    const joined: (string | FormattedValue)[] = [];
    for (const part of parts) {
      const text = typeof part === "string" ? part : (part.debugText ?? "");
      if (text !== "" && typeof joined.at(-1) === "string") joined.push((joined.pop() as string) + text);
      else if (text !== "") joined.push(text);
      if (typeof part !== "string") joined.push(part);
    }
    this.#list(joined, (part) => {
      if (typeof part === "string") this.#add(part);
      else {
        this.#node("FormattedValue", part);
        this.#expression(part.value);
        this.#add(part.conversion === null ? "none" : part.conversion);
        this.#optional(part.format);
      }
    });
  }

  #pattern(p: Pattern): void {
    const isSingleton =
      p.kind === "MatchValue" && p.value.kind === "Constant" && ["None", "bool"].includes(p.value.type);
    this.#node(isSingleton ? "MatchSingleton" : p.kind, p);
    const many = (list: readonly Pattern[]) => this.#list(list, (each) => this.#pattern(each));
    switch (p.kind) {
      case "MatchValue":
        if (isSingleton && p.value.kind === "Constant") this.#add(p.value.value as boolean | null);
        else this.#expression(p.value);
        return;
      case "MatchSequence":
      case "MatchOr":
        many(p.patterns);
        return;
      case "MatchMapping":
        this.#expressions(p.keys);
        many(p.patterns);
        this.#add(p.rest);
        return;
      case "MatchClass":
        this.#expression(p.cls);
        many(p.patterns);
        this.#list(p.keywords, ({ name }) => this.#add(name));
        many(p.keywords.map(({ pattern }) => pattern));
        return;
      case "MatchStar":
        this.#add(p.name);
        return;
      case "MatchAs":
        if (p.pattern === null) this.#add(null);
        else this.#pattern(p.pattern);
        this.#add(p.name);
    }
  }
}
