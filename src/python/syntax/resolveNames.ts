/** Resolves the names of a definition: which scopes there are, what each binds and what it closes over. */
import type {
  Block,
  Comprehension,
  Expression,
  FunctionDefinition,
  Lambda,
  Parameters,
  Pattern,
  Statement,
} from "./ast.js";
import { Scope } from "./scope.js";
import { innerBlocks, parameterNames } from "./walk.js";

/** All scopes inside one outermost definition, by the node that opens them. */
export type Scopes = Map<object, Scope>;

type ScopeNode = FunctionDefinition | Lambda | Comprehension;

/** Resolves a function (lambda, generator expression) and all that is nested in it. */
export function analyzeFunction(node: ScopeNode, parent: Scope, scopes: Scopes): Scope {
  const analysis = new Analysis(scopes);
  const scope = analysis.functionScope(node, parent);
  analysis.finish();
  return scope;
}

/** Resolves a class body or a module; their own functions are left until they are called. */
export function analyzeBody(
  node: object,
  kind: "class" | "module",
  statements: readonly Statement[],
  parent: Scope | null,
  scopes: Scopes,
): Scope {
  const analysis = new Analysis(scopes, true);
  const scope = new Scope(kind, parent);
  scopes.set(node, scope);
  analysis.statements(statements, scope);
  analysis.finish();
  return scope;
}

class Analysis {
  private readonly uses: { scope: Scope; name: string }[] = [];

  constructor(
    private readonly scopes: Scopes,
    /** Leaves functions alone that cannot close over anything but a class. */
    private readonly isLazy = false,
  ) {}

  /** Once all bindings are known: which uses reach into an outer function. */
  finish(): void {
    for (const { scope, name } of this.uses) {
      const frame = scope.frameScope;
      const isOwn =
        (scope.variables.has(name) || ownedByComprehensions(scope, name)) && frame.kind !== "class";
      if (!isOwn || frame.nonlocals.has(name)) captureOuter(scope, name);
    }
  }

  functionScope(node: ScopeNode, parent: Scope): Scope {
    const scope = new Scope("function", parent);
    this.scopes.set(node, scope);
    if (node.kind === "GeneratorExp" || node.kind.endsWith("Comp")) {
      this.generator(node as Comprehension, scope, parent);
    } else {
      const definition = node as FunctionDefinition | Lambda;
      for (const name of parameterNames(definition.parameters)) scope.declare(name);
      if (definition.kind === "Lambda") this.expression(definition.body, scope);
      else this.block(definition.body, scope);
    }
    return scope;
  }

  private generator(node: Comprehension, scope: Scope, parent: Scope): void {
    scope.isGenerator = true;
    scope.declare(".0");
    node.clauses.forEach((clause, index) => {
      this.expression(clause.iterable, index === 0 ? parent : scope);
      this.target(clause.target, scope);
      for (const condition of clause.conditions) this.expression(condition, scope);
    });
    this.expression(node.element, scope);
    if (node.value) this.expression(node.value, scope);
  }

  private use(name: string, scope: Scope): void {
    this.uses.push({ scope, name });
  }

  private bind(name: string, scope: Scope): void {
    const declaresGlobally = scope.globals.has(name) || scope.nonlocals.has(name);
    if (scope.kind === "module" || scope.kind === "class" || declaresGlobally) this.use(name, scope);
    else scope.declare(name);
  }

  block(block: Block, scope: Scope): void {
    this.statements(block.statements, scope);
  }

  statements(statements: readonly Statement[], scope: Scope): void {
    for (const statement of statements) this.declarations(statement, scope);
    for (const statement of statements) this.statement(statement, scope);
  }

  /** `global` and `nonlocal` rule the whole body, so they are read before anything is bound. */
  private declarations(statement: Statement, scope: Scope): void {
    if (statement.kind === "Global") for (const name of statement.names) scope.globals.add(name);
    if (statement.kind === "Nonlocal") for (const name of statement.names) scope.nonlocals.add(name);
    for (const block of innerBlocks(statement)) {
      for (const inner of block.statements) this.declarations(inner, scope);
    }
  }

  private statement(node: Statement, scope: Scope): void {
    switch (node.kind) {
      case "FunctionDef":
        this.bind(node.name, scope);
        this.expressions(node.decorators, scope);
        this.defaults(node.parameters, scope);
        this.inner(node, scope);
        return;
      case "ClassDef":
        this.bind(node.name, scope);
        this.expressions(node.decorators, scope);
        this.expressions(node.bases, scope);
        for (const { value } of node.keywords) this.expression(value, scope);
        if (!this.isOutermost(scope)) {
          const body = new Scope("class", scope);
          this.scopes.set(node, body);
          this.block(node.body, body);
        }
        return;
      case "Return":
        this.optional(node.value, scope);
        return;
      case "Delete":
        for (const target of node.targets) this.target(target, scope);
        return;
      case "Assign":
        this.expression(node.value, scope);
        for (const target of node.targets) this.target(target, scope);
        return;
      case "AugAssign":
        this.expression(node.value, scope);
        this.target(node.target, scope);
        if (node.target.kind === "Name") this.use(node.target.id, scope);
        return;
      case "AnnAssign":
        this.optional(node.value, scope);
        this.target(node.target, scope);
        if (scope.kind === "class" || scope.kind === "module") this.expression(node.annotation, scope);
        return;
      case "TypeAlias":
        this.bind(node.name.id, scope);
        return;
      case "For":
        this.expression(node.iterable, scope);
        this.target(node.target, scope);
        break;
      case "While":
      case "If":
        this.expression(node.test, scope);
        break;
      case "With":
        for (const item of node.items) {
          this.expression(item.context, scope);
          if (item.target) this.target(item.target, scope);
        }
        break;
      case "Match":
        this.expression(node.subject, scope);
        for (const one of node.cases) {
          this.pattern(one.pattern, scope);
          this.optional(one.guard, scope);
        }
        break;
      case "Raise":
        this.optional(node.exception, scope);
        this.optional(node.cause, scope);
        return;
      case "Try":
        for (const handler of node.handlers) {
          this.optional(handler.type, scope);
          if (handler.name !== null) this.bind(handler.name, scope);
        }
        break;
      case "Assert":
        this.expression(node.test, scope);
        this.optional(node.message, scope);
        return;
      case "Import":
        for (const { name, asName } of node.names) this.bind(asName ?? name.split(".")[0]!, scope);
        return;
      case "ImportFrom":
        for (const { name, asName } of node.names) if (name !== "*") this.bind(asName ?? name, scope);
        return;
      case "Expr":
        this.expression(node.value, scope);
        return;
      default:
        return;
    }
    for (const block of innerBlocks(node)) for (const inner of block.statements) this.statement(inner, scope);
  }

  private isOutermost(scope: Scope): boolean {
    return this.isLazy && scope.kind !== "comprehension" && !isInsideFunction(scope);
  }

  private inner(node: FunctionDefinition | Lambda | Comprehension, scope: Scope): void {
    if (!this.isOutermost(scope)) this.functionScope(node, scope);
  }

  private defaults(parameters: Parameters, scope: Scope): void {
    for (const one of [...parameters.positionalOnly, ...parameters.positional, ...parameters.keywordOnly]) {
      this.optional(one.default, scope);
    }
  }

  private optional(node: Expression | null, scope: Scope): void {
    if (node !== null) this.expression(node, scope);
  }

  private expressions(nodes: readonly Expression[], scope: Scope): void {
    for (const node of nodes) this.expression(node, scope);
  }

  /** Binds the names of an assignment's left side; the rest of it is read. */
  private target(node: Expression, scope: Scope): void {
    if (node.kind === "Name") this.bind(node.id, scope);
    else if (node.kind === "Tuple" || node.kind === "List") {
      for (const one of node.elements) this.target(one, scope);
    } else if (node.kind === "Starred") this.target(node.value, scope);
    else this.expression(node, scope);
  }

  private pattern(node: Pattern, scope: Scope): void {
    if (node.kind === "MatchValue") this.expression(node.value, scope);
    if (node.kind === "MatchClass") {
      this.expression(node.cls, scope);
      for (const { pattern } of node.keywords) this.pattern(pattern, scope);
    }
    if (node.kind === "MatchMapping") {
      this.expressions(node.keys, scope);
      if (node.rest !== null) this.bind(node.rest, scope);
    }
    if ((node.kind === "MatchStar" || node.kind === "MatchAs") && node.name !== null) {
      this.bind(node.name, scope);
    }
    if (node.kind === "MatchAs" && node.pattern) this.pattern(node.pattern, scope);
    if ("patterns" in node) for (const one of node.patterns) this.pattern(one, scope);
  }

  private comprehension(node: Comprehension, scope: Scope): void {
    const inner = new Scope("comprehension", scope);
    this.scopes.set(node, inner);
    node.clauses.forEach((clause, index) => {
      this.expression(clause.iterable, index === 0 ? scope : inner);
      this.target(clause.target, inner);
      this.expressions(clause.conditions, inner);
    });
    this.expression(node.element, inner);
    this.optional(node.value, inner);
  }

  private expression(node: Expression, scope: Scope): void {
    switch (node.kind) {
      case "Name":
        this.use(node.id, scope);
        // A bare super() reads the class its function stands in.
        if (node.id === "super") this.use("__class__", scope);
        return;
      case "Attribute":
      case "Starred":
      case "Await":
        this.expression(node.value, scope);
        return;
      case "Yield":
        scope.frameScope.isGenerator = true;
        this.optional(node.value, scope);
        return;
      case "YieldFrom":
        scope.frameScope.isGenerator = true;
        this.expression(node.value, scope);
        return;
      case "Subscript":
        this.expression(node.value, scope);
        this.expression(node.index, scope);
        return;
      case "Slice":
        this.optional(node.lower, scope);
        this.optional(node.upper, scope);
        this.optional(node.step, scope);
        return;
      case "Call":
        this.expression(node.func, scope);
        this.expressions(node.args, scope);
        for (const { value } of node.keywords) this.expression(value, scope);
        return;
      case "BinOp":
        this.expression(node.left, scope);
        this.expression(node.right, scope);
        return;
      case "UnaryOp":
        this.expression(node.operand, scope);
        return;
      case "BoolOp":
        this.expressions(node.values, scope);
        return;
      case "Compare":
        this.expression(node.left, scope);
        this.expressions(node.comparators, scope);
        return;
      case "IfExp":
        this.expression(node.test, scope);
        this.expression(node.body, scope);
        this.expression(node.orElse, scope);
        return;
      case "Lambda":
        this.defaults(node.parameters, scope);
        this.inner(node, scope);
        return;
      case "Tuple":
      case "List":
      case "Set":
        this.expressions(node.elements, scope);
        return;
      case "Dict":
        for (const key of node.keys) this.optional(key, scope);
        this.expressions(node.values, scope);
        return;
      case "GeneratorExp":
        if (this.isOutermost(scope)) this.expression(node.clauses[0]!.iterable, scope);
        else this.functionScope(node, scope);
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
        this.comprehension(node, scope);
        return;
      case "JoinedStr":
      case "TemplateStr":
        for (const part of node.parts) {
          if (typeof part === "string") continue;
          this.expression(part.value, scope);
          this.optional(part.format, scope);
        }
        return;
      case "NamedExpr": {
        let target = scope;
        while (target.kind === "comprehension") target = target.parent!;
        this.bind(node.target.id, target);
        this.expression(node.value, scope);
        return;
      }
      default:
        return;
    }
  }
}

function isInsideFunction(scope: Scope | null): boolean {
  for (let one = scope; one !== null; one = one.parent) if (one.kind === "function") return true;
  return false;
}

function ownedByComprehensions(scope: Scope, name: string): boolean {
  for (let one: Scope | null = scope; one?.kind === "comprehension"; one = one.parent) {
    if (one.parent?.variables.has(name) && one.parent.kind !== "class") return true;
  }
  return false;
}

/** `name` is not bound in this frame: hand it in from the function outside that has it. */
function captureOuter(scope: Scope, name: string): void {
  const frame = scope.frameScope;
  if (frame.kind === "module" || frame.globals.has(name)) return;
  if (!frame.parent?.seenFromInside(name)) return;
  if (!frame.free.includes(name)) frame.free.push(name);
  frame.parent.capture(name);
}
