import { isStub } from "../modules/stubs.js";
import type { Expression } from "../syntax/ast.js";
import type { Scopes } from "../syntax/resolveNames.js";
import type { Resolution, Scope } from "../syntax/scope.js";
import type { Span } from "../values.js";

/** The file that code comes from. */
export interface Source {
  readonly file: string;
  /** Tells the evaluator's trace hook what names, attributes and calls gave. */
  readonly isTraced: boolean;
  readonly text: string;
}

/** What compiling a piece of code has to know of its surroundings. */
export class Unit {
  /** Expressions that a generator has evaluated already: their value stands in a slot. */
  replaced: ReadonlyMap<Expression, number> | null = null;
  /** Inside a `try` with handlers: an import that fails raises there, instead of giving an unknown. */
  guardsImports = false;

  constructor(
    readonly scope: Scope,
    readonly scopes: Scopes,
    readonly source: Source,
    /** Dotted name of the class or function around: `Net.forward.<locals>`. */
    readonly qualifier: string,
    /** The class the code stands in, or "". */
    readonly className: string,
  ) {}

  /** Whether it is code of this program's own, standing for a library. */
  get isStub(): boolean {
    return isStub(this.source);
  }

  inside(scope: Scope, qualifier = this.qualifier, className = this.className): Unit {
    return new Unit(scope, this.scopes, this.source, qualifier, className);
  }
  guardingImports(): Unit {
    const unit = this.inside(this.scope);
    unit.replaced = this.replaced;
    unit.guardsImports = true;
    return unit;
  }
  resolve(name: string): Resolution {
    return this.scope.resolve(name);
  }
  /** A private name as Python stores it: `__x` in class Net is `_Net__x`. */
  mangle(name: string): string {
    if (this.className === "" || !name.startsWith("__") || name.endsWith("__")) return name;
    return `_${this.className.replace(/^_+/, "")}${name}`;
  }
  span(node: { readonly start: number; readonly end: number }): Span {
    return { file: this.source.file, start: node.start, end: node.end };
  }
  /** The source of an expression, as it is written. */
  textOf(node: { readonly start: number; readonly end: number }): string {
    return this.source.text.slice(node.start, node.end);
  }
  qualify(name: string): string {
    return this.qualifier === "" ? name : `${this.qualifier}.${name}`;
  }
}
