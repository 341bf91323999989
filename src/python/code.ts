import type { Comprehension, Expression, FunctionDefinition, Lambda, Parameters } from "./ast.js";
import { type Body, compileFunction } from "./compile/functions.js";
import type { Unit } from "./compile/unit.js";
import { parameterNames } from "./scope.js";

const NO_PARAMETERS: Parameters = {
  positionalOnly: [],
  positional: [{ name: ".0", annotation: null, default: null, start: 0, end: 0 }],
  star: null,
  keywordOnly: [],
  doubleStar: null,
};

/** What all function objects of one `def` share. It is compiled when first called, and knows no evaluator. */
export class FunctionCode {
  readonly name: string;
  readonly parameters: Parameters;
  /** Slot 0 is the first parameter; `*args` and `**kwargs` come last, in that order. */
  readonly names: readonly string[];
  /** How many can be given by position. */
  readonly positionalCount: number;
  readonly positionalOnlyCount: number;
  readonly keywordOnlyCount: number;
  readonly isPlain: boolean;
  readonly isAsync: boolean;
  readonly doc: string | null;
  #body: Body | null = null;

  constructor(
    readonly node: FunctionDefinition | Lambda | Comprehension,
    /** Where the definition stands. */
    readonly unit: Unit,
  ) {
    this.name =
      node.kind === "FunctionDef" ? node.name : node.kind === "Lambda" ? "<lambda>" : "<genexpr>";
    this.parameters = "parameters" in node ? node.parameters : NO_PARAMETERS;
    const { positionalOnly, positional, star, keywordOnly, doubleStar } = this.parameters;
    this.names = parameterNames(this.parameters);
    this.positionalOnlyCount = positionalOnly.length;
    this.positionalCount = positionalOnly.length + positional.length;
    this.keywordOnlyCount = keywordOnly.length;
    this.isPlain = star === null && doubleStar === null && keywordOnly.length === 0;
    this.isAsync = node.kind === "FunctionDef" && node.isAsync;
    this.doc = null;
  }

  get body(): Body {
    this.#body ??= compileFunction(this.node, this.unit);
    return this.#body;
  }

  /** The annotation of each parameter that has one, and of the result under "return". */
  annotations(): Map<string, Expression> {
    const { positionalOnly, positional, star, keywordOnly, doubleStar } = this.parameters;
    const all = [...positionalOnly, ...positional, star, ...keywordOnly, doubleStar];
    const found = new Map<string, Expression>();
    for (const one of all) if (one?.annotation) found.set(one.name, one.annotation);
    if (this.node.kind === "FunctionDef" && this.node.returns) found.set("return", this.node.returns);
    return found;
  }
}
