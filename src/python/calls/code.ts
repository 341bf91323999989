import { expression } from "../compile/expressions.js";
import { type Body, compileFunction } from "../compile/functions.js";
import { Unit } from "../compile/unit.js";
import type { Engine } from "../engine.js";
import type { Comprehension, Expression, FunctionDefinition, Lambda, Parameters } from "../syntax/ast.js";
import { Scope } from "../syntax/scope.js";
import { docstring, parameterNames } from "../syntax/walk.js";
import type { PyFunction, Value } from "../values.js";
import { Frame } from "./frame.js";

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
  #body: Body | null = null;
  /** The evaluation that ran it last. */
  ranIn = 0;
  /** Somebody asked for its text: then it matters even where it does not run. */
  wasRead = false;

  constructor(
    readonly node: FunctionDefinition | Lambda | Comprehension,
    /** Where the definition stands. */
    readonly unit: Unit,
  ) {
    this.name = node.kind === "FunctionDef" ? node.name : node.kind === "Lambda" ? "<lambda>" : "<genexpr>";
    this.parameters = "parameters" in node ? node.parameters : NO_PARAMETERS;
    const { positionalOnly, positional, star, keywordOnly, doubleStar } = this.parameters;
    this.names = parameterNames(this.parameters);
    this.positionalOnlyCount = positionalOnly.length;
    this.positionalCount = positionalOnly.length + positional.length;
    this.keywordOnlyCount = keywordOnly.length;
    this.isPlain = star === null && doubleStar === null && keywordOnly.length === 0;
    this.isAsync = node.kind === "FunctionDef" && node.isAsync;
  }

  get body(): Body {
    this.#body ??= compileFunction(this.node, this.unit);
    return this.#body;
  }

  get doc(): string | null {
    this.wasRead = true;
    return this.node.kind === "FunctionDef" ? docstring(this.node.body.statements) : null;
  }

  /** An annotation as its module sees it; names of a function around it are not looked for. */
  evaluateAnnotation(machine: Engine, func: PyFunction, node: Expression): Value {
    const unit = new Unit(new Scope("module", null), new Map(), this.unit.source, "", "");
    const evaluate = expression(node, unit);
    return evaluate(new Frame(machine, unit.scope, func.globals, [], machine.frame));
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
