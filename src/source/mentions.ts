/** Which layers a place in the source speaks of: where they are made, named, or filled. */

import type { ModuleText } from "../python/documents/moduleText.js";
import { parseModule } from "../python/parse/parse.js";
import type {
  ClassDefinition,
  Definition,
  Expression,
  FunctionDefinition,
  Statement,
} from "../python/syntax/ast.js";
import { childExpressions, innerBlocks, isDefinition, statementExpressions } from "../python/syntax/walk.js";
import { isSameSite } from "../sites.js";
import type { Layer, Site } from "../types.js";

/** Layers and the text that speaks of them. */
export interface Mention {
  readonly layers: readonly Layer[];
  readonly site: Site;
}

/** A name and the statement that gives it its value. */
interface Binding {
  /** `self.fc1` belongs to its class, `fc1` to the function, class or module it stands in. */
  readonly owner: Scope;
  readonly isAttribute: boolean;
  readonly name: string;
  readonly value: Expression;
}

/** The definitions around a place, outermost first. */
type Scope = readonly Definition[];

/** What a place speaks of; `null` where it is no layer, or not certain which. */
export function layersAt(source: ModuleText, layers: readonly Layer[], at: Site): Mention | null {
  const offset = source.offset(at);
  if (offset === undefined) return null;
  const made = layers.filter(({ site }) => covers(site, at)).at(-1);
  if (made) return { layers: [made], site: made.site };
  const { statements } = parseModule(source.text).module.body;
  return named(source, statements, layers, offset) ?? filled(layers, at);
}

/** The layers that a call fills: `nn.init.zeros_(self.fc1.bias)`, also in a loop over many. */
function filled(layers: readonly Layer[], at: Site): Mention | null {
  const steps = layers.flatMap((layer) =>
    layer.parameters.flatMap((parameter) => parameter.steps.map(({ site }) => ({ layer, site }))),
  );
  const [first] = steps.flatMap(({ site }) => (site && covers(site, at) ? [site] : []));
  if (!first) return null;
  const its = steps.filter(({ site }) => site && isSameSite(site, first)).map(({ layer }) => layer);
  return { layers: [...new Set(its)], site: first };
}

function named(
  source: ModuleText,
  statements: readonly Statement[],
  layers: readonly Layer[],
  offset: number,
): Mention | null {
  const scope = scopeAt(statements, offset);
  const expression = nameAt(scope.at(-1)?.body.statements ?? statements, offset);
  if (!expression) return null;
  const bindings = collect(statements, []);
  const wanted =
    expression.kind === "Attribute"
      ? attributeBindings(bindings, statements, scope, expression.attr)
      : nameBindings(bindings, scope, expression.id);
  const its = wanted.flatMap(({ value }) => layersIn(source, layers, value));
  return its.length === 0 ? null : { layers: [...new Set(its)], site: source.site(expression) };
}

/** The layer that a value is, else those made inside it: those of a Sequential. */
function layersIn(source: ModuleText, layers: readonly Layer[], value: Expression): readonly Layer[] {
  const site = source.site(value);
  const own = layers.filter((layer) => isSameSite(layer.site, site));
  return own.length > 0 ? own : layers.filter((layer) => covers(site, layer.site));
}

/** `self.name` in a method: bound by the class itself, else by a base class of this file. */
function attributeBindings(
  bindings: readonly Binding[],
  statements: readonly Statement[],
  scope: Scope,
  name: string,
): readonly Binding[] {
  const seen = new Set<ClassDefinition>();
  let classes = scope.filter((one) => one.kind === "ClassDef").slice(-1);
  while (classes.length > 0) {
    const own = bindings.filter(
      (one) => one.isAttribute && one.name === name && classes.some((its) => one.owner.at(-1) === its),
    );
    if (own.length > 0) return own;
    for (const one of classes) seen.add(one);
    classes = classes.flatMap((one) => basesOf(one, statements)).filter((one) => !seen.has(one));
  }
  return [];
}

function basesOf({ bases }: ClassDefinition, statements: readonly Statement[]): ClassDefinition[] {
  const names = bases.flatMap((base) => (base.kind === "Name" ? [base.id] : []));
  return statements.filter((one) => one.kind === "ClassDef").filter(({ name }) => names.includes(name));
}

/** A plain name: that of the innermost scope that binds it; a class around a method is none. */
function nameBindings(bindings: readonly Binding[], scope: Scope, name: string): readonly Binding[] {
  for (let depth = scope.length; depth >= 0; depth--) {
    if (depth > 0 && depth < scope.length && scope[depth - 1]!.kind === "ClassDef") continue;
    const inner = scope[depth - 1];
    const own = bindings.filter((one) => !one.isAttribute && one.name === name && one.owner.at(-1) === inner);
    if (own.length > 0) return own;
    if (inner?.kind === "FunctionDef" && hasParameter(inner, name)) return [];
  }
  return [];
}

const hasParameter = ({ parameters }: FunctionDefinition, name: string): boolean =>
  [...parameters.positionalOnly, ...parameters.positional, ...parameters.keywordOnly].some(
    (one) => one.name === name,
  );

/** Every name bound to a value, in all scopes. */
function collect(statements: readonly Statement[], scope: Scope): Binding[] {
  return statements.flatMap((node): Binding[] => {
    if (isDefinition(node)) {
      return collect(node.body.statements, [...scope, node]);
    }
    const own =
      node.kind === "Assign"
        ? node.targets.flatMap((target) => bindingOf(target, node.value, scope) ?? [])
        : node.kind === "AnnAssign" && node.value !== null
          ? (bindingOf(node.target, node.value, scope) ?? [])
          : [];
    return [own, innerBlocks(node).flatMap((block) => collect(block.statements, scope))].flat();
  });
}

function bindingOf(target: Expression, value: Expression, scope: Scope): Binding | null {
  if (target.kind === "Name") return { owner: scope, isAttribute: false, name: target.id, value };
  if (!isOwnAttribute(target)) return null;
  const at = scope.map(({ kind }) => kind).lastIndexOf("ClassDef");
  return at < 0 ? null : { owner: scope.slice(0, at + 1), isAttribute: true, name: target.attr, value };
}

const isOwnAttribute = (node: Expression): node is Extract<Expression, { kind: "Attribute" }> =>
  node.kind === "Attribute" && node.value.kind === "Name" && node.value.id === "self";

function scopeAt(statements: readonly Statement[], offset: number): Definition[] {
  for (const node of statements) {
    if (offset < node.start || offset >= node.end) continue;
    if (isDefinition(node)) {
      return [node, ...scopeAt(node.body.statements, offset)];
    }
    return innerBlocks(node).flatMap((block) => scopeAt(block.statements, offset));
  }
  return [];
}

/** The name, or the attribute of `self`, that stands at an offset. */
function nameAt(statements: readonly Statement[], offset: number): NamedExpression | null {
  for (const node of statements) {
    if (offset < node.start || offset > node.end) continue;
    for (const expression of statementExpressions(node)) {
      const found = nameIn(expression, offset);
      if (found) return found;
    }
    for (const block of innerBlocks(node)) {
      const found = nameAt(block.statements, offset);
      if (found) return found;
    }
  }
  return null;
}

type NamedExpression = Extract<Expression, { kind: "Attribute" | "Name" }>;

function nameIn(node: Expression, offset: number): NamedExpression | null {
  if (offset < node.start || offset > node.end) return null;
  if (node.kind === "Name" || isOwnAttribute(node))
    return node.kind === "Name" && node.id === "self" ? null : node;
  for (const child of childExpressions(node)) {
    const found = nameIn(child, offset);
    if (found) return found;
  }
  return null;
}

/** Whether the beginning of one site lies within the other. */
function covers(outer: Site, { line, column, cell }: Site): boolean {
  if (outer.cell !== cell) return false;
  const { line: first, column: from, endLine = first, endColumn = from + 1 } = outer;
  const isAfterStart = line > first || (line === first && column >= from);
  return isAfterStart && (line < endLine || (line === endLine && column <= endColumn));
}
