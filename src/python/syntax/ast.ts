/**
 * The syntax tree the evaluator runs: CPython's `ast`, node for node and field for field,
 * as a discriminated union on `kind`. Offsets are into the source text, `end` exclusive.
 */

interface Node {
  readonly start: number;
  readonly end: number;
}

/** Statements that are lowered from the parse tree the first time somebody asks for them. */
export interface Block {
  readonly statements: readonly Statement[];
}

export interface Module {
  readonly body: Block;
  readonly errors: readonly SyntaxProblem[];
}

export interface SyntaxProblem extends Node {
  readonly message: string;
}

// ── expressions ──────────────────────────────────────────────────────────────

export type Expression =
  | Constant
  | Name
  | Attribute
  | Subscript
  | Slice
  | Call
  | BinaryOperation
  | UnaryOperation
  | BooleanOperation
  | Compare
  | Conditional
  | Lambda
  | Tuple
  | List
  | SetDisplay
  | Dict
  | Comprehension
  | Starred
  | FormattedString
  | TemplateString
  | NamedExpression
  | Await
  | Yield
  | YieldFrom
  | ErrorExpression;

/**
 * Integer constants are `int` (a number, or a bigint past 2^53); floats are `float`. A `bytes` value is a
 * string with one character, up to U+00FF, for each byte. A `\N{…}` escape reads as U+FFFD.
 */
export interface Constant extends Node {
  readonly kind: "Constant";
  readonly type: "int" | "float" | "complex" | "str" | "bytes" | "bool" | "None" | "Ellipsis";
  /** `None` and `Ellipsis` carry `null`; complex carries its imaginary part. */
  readonly value: number | bigint | string | boolean | null;
}
export interface Name extends Node {
  readonly kind: "Name";
  readonly id: string;
}
export interface Attribute extends Node {
  readonly kind: "Attribute";
  readonly value: Expression;
  readonly attr: string;
  /** Where the attribute's own name begins. */
  readonly attrStart: number;
}
export interface Subscript extends Node {
  readonly kind: "Subscript";
  readonly value: Expression;
  readonly index: Expression;
}
export interface Slice extends Node {
  readonly kind: "Slice";
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}
export interface Call extends Node {
  readonly kind: "Call";
  readonly func: Expression;
  /** Positional arguments; a `*args` is a Starred. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}
/** `name` is null for `**kwargs`. */
export interface Keyword extends Node {
  readonly name: string | null;
  readonly value: Expression;
}
export type BinaryOperator = "+" | "-" | "*" | "@" | "/" | "//" | "%" | "**" | "<<" | ">>" | "|" | "^" | "&";
export interface BinaryOperation extends Node {
  readonly kind: "BinOp";
  readonly op: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface UnaryOperation extends Node {
  readonly kind: "UnaryOp";
  readonly op: "+" | "-" | "~" | "not";
  readonly operand: Expression;
}
export interface BooleanOperation extends Node {
  readonly kind: "BoolOp";
  readonly op: "and" | "or";
  readonly values: readonly Expression[];
}
export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "is" | "is not" | "in" | "not in";
export interface Compare extends Node {
  readonly kind: "Compare";
  readonly left: Expression;
  readonly ops: readonly CompareOperator[];
  readonly comparators: readonly Expression[];
}
export interface Conditional extends Node {
  readonly kind: "IfExp";
  readonly test: Expression;
  readonly body: Expression;
  readonly orElse: Expression;
}
export interface Lambda extends Node {
  readonly kind: "Lambda";
  readonly parameters: Parameters;
  readonly body: Expression;
}
export interface Tuple extends Node {
  readonly kind: "Tuple";
  readonly elements: readonly Expression[];
}
export interface List extends Node {
  readonly kind: "List";
  readonly elements: readonly Expression[];
}
export interface SetDisplay extends Node {
  readonly kind: "Set";
  readonly elements: readonly Expression[];
}
/** A `null` key is `**mapping`. */
export interface Dict extends Node {
  readonly kind: "Dict";
  readonly keys: readonly (Expression | null)[];
  readonly values: readonly Expression[];
}
export interface Comprehension extends Node {
  readonly kind: "ListComp" | "SetComp" | "GeneratorExp" | "DictComp";
  /** The element, or the key of a dict comprehension. */
  readonly element: Expression;
  /** The value of a dict comprehension, else null. */
  readonly value: Expression | null;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}
export interface Starred extends Node {
  readonly kind: "Starred";
  readonly value: Expression;
}
/** An f-string; adjacent plain strings are merged into its `str` parts. */
export interface FormattedString extends Node {
  readonly kind: "JoinedStr";
  readonly parts: readonly (string | FormattedValue)[];
}
/** A t-string (Python 3.14); parts as in an f-string. */
export interface TemplateString extends Node {
  readonly kind: "TemplateStr";
  readonly parts: readonly (string | FormattedValue)[];
}
export interface FormattedValue extends Node {
  readonly value: Expression;
  readonly conversion: "s" | "r" | "a" | null;
  readonly format: FormattedString | null;
  /** The text of `{expr=}`, which no part repeats, to be printed before the value; else null. */
  readonly debugText: string | null;
}
export interface NamedExpression extends Node {
  readonly kind: "NamedExpr";
  readonly target: Name;
  readonly value: Expression;
}
export interface Await extends Node {
  readonly kind: "Await";
  readonly value: Expression;
}
export interface Yield extends Node {
  readonly kind: "Yield";
  readonly value: Expression | null;
}
export interface YieldFrom extends Node {
  readonly kind: "YieldFrom";
  readonly value: Expression;
}
/** Text that is no expression; it evaluates to unknown. */
export interface ErrorExpression extends Node {
  readonly kind: "Error";
}

// ── statements ───────────────────────────────────────────────────────────────

/** What binds a name to a body. */
export type Definition = ClassDefinition | FunctionDefinition;

export type Statement =
  | FunctionDefinition
  | ClassDefinition
  | Return
  | Delete
  | Assign
  | AugmentedAssign
  | AnnotatedAssign
  | TypeAlias
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExpressionStatement
  | Pass
  | Break
  | Continue
  | ErrorStatement;

export interface FunctionDefinition extends Node {
  readonly kind: "FunctionDef";
  readonly name: string;
  readonly nameStart: number;
  readonly isAsync: boolean;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: Parameters;
  readonly returns: Expression | null;
  readonly body: Block;
}
export interface Parameters {
  readonly positionalOnly: readonly Parameter[];
  readonly positional: readonly Parameter[];
  readonly star: Parameter | null;
  readonly keywordOnly: readonly Parameter[];
  readonly doubleStar: Parameter | null;
}
/** `T: bound = default`, `*Ts` or `**P` in brackets after a definition's name. */
export interface TypeParameter extends Node {
  readonly kind: "TypeVar" | "TypeVarTuple" | "ParamSpec";
  readonly name: string;
  readonly bound: Expression | null;
  readonly default: Expression | null;
}
export interface Parameter extends Node {
  readonly name: string;
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}
export interface ClassDefinition extends Node {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly nameStart: number;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly body: Block;
}
export interface Return extends Node {
  readonly kind: "Return";
  readonly value: Expression | null;
}
export interface Delete extends Node {
  readonly kind: "Delete";
  readonly targets: readonly Expression[];
}
export interface Assign extends Node {
  readonly kind: "Assign";
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AugmentedAssign extends Node {
  readonly kind: "AugAssign";
  readonly target: Expression;
  readonly op: BinaryOperator;
  readonly value: Expression;
}
export interface AnnotatedAssign extends Node {
  readonly kind: "AnnAssign";
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | null;
  /** False where the target is no plain name, or a name in parentheses. */
  readonly simple: boolean;
}
export interface TypeAlias extends Node {
  readonly kind: "TypeAlias";
  readonly name: Name;
  readonly typeParameters: readonly TypeParameter[];
  readonly value: Expression;
}
export interface For extends Node {
  readonly kind: "For";
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
  readonly orElse: Block;
}
export interface While extends Node {
  readonly kind: "While";
  readonly test: Expression;
  readonly body: Block;
  readonly orElse: Block;
}
/** `elif` is an If alone in `orElse`, as in CPython. */
export interface If extends Node {
  readonly kind: "If";
  readonly test: Expression;
  readonly body: Block;
  readonly orElse: Block;
}
export interface With extends Node {
  readonly kind: "With";
  readonly isAsync: boolean;
  readonly items: readonly { readonly context: Expression; readonly target: Expression | null }[];
  readonly body: Block;
}
export interface Match extends Node {
  readonly kind: "Match";
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase {
  readonly pattern: Pattern;
  readonly guard: Expression | null;
  readonly body: Block;
}
export type Pattern = Node &
  /** Also `None`, `True` and `False`, which compare by identity. */
  (
    | { readonly kind: "MatchValue"; readonly value: Expression }
    | { readonly kind: "MatchSequence"; readonly patterns: readonly Pattern[] }
    | {
        readonly kind: "MatchMapping";
        readonly keys: readonly Expression[];
        readonly patterns: readonly Pattern[];
        readonly rest: string | null;
      }
    | {
        readonly kind: "MatchClass";
        readonly cls: Expression;
        readonly patterns: readonly Pattern[];
        readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[];
      }
    | { readonly kind: "MatchStar"; readonly name: string | null }
    /** `_` has neither pattern nor name. */
    | { readonly kind: "MatchAs"; readonly pattern: Pattern | null; readonly name: string | null }
    | { readonly kind: "MatchOr"; readonly patterns: readonly Pattern[] }
  );
export interface Raise extends Node {
  readonly kind: "Raise";
  readonly exception: Expression | null;
  readonly cause: Expression | null;
}
export interface Try extends Node {
  readonly kind: "Try";
  readonly body: Block;
  readonly handlers: readonly ExceptHandler[];
  readonly orElse: Block;
  readonly finalBody: Block;
  /** `except*` */
  readonly isStar: boolean;
}
export interface ExceptHandler extends Node {
  readonly type: Expression | null;
  readonly name: string | null;
  readonly body: Block;
}
export interface Assert extends Node {
  readonly kind: "Assert";
  readonly test: Expression;
  readonly message: Expression | null;
}
export interface ImportAlias extends Node {
  readonly name: string;
  readonly asName: string | null;
}
export interface Import extends Node {
  readonly kind: "Import";
  readonly names: readonly ImportAlias[];
}
export interface ImportFrom extends Node {
  readonly kind: "ImportFrom";
  readonly module: string | null;
  readonly level: number;
  /** A single `*` alias for a star import. */
  readonly names: readonly ImportAlias[];
}
export interface Global extends Node {
  readonly kind: "Global";
  readonly names: readonly string[];
}
export interface Nonlocal extends Node {
  readonly kind: "Nonlocal";
  readonly names: readonly string[];
}
export interface ExpressionStatement extends Node {
  readonly kind: "Expr";
  readonly value: Expression;
}
export interface Pass extends Node {
  readonly kind: "Pass";
}
export interface Break extends Node {
  readonly kind: "Break";
}
export interface Continue extends Node {
  readonly kind: "Continue";
}
/** A statement that does not parse; it is skipped and said so. */
export interface ErrorStatement extends Node {
  readonly kind: "ErrorStatement";
}
