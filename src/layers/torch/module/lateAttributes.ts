/** Attributes that a model has only once another of its methods ran: caches, masks, what is built for a size. */

import type { Evaluator } from "../../../python/evaluator.js";
import type { Statement } from "../../../python/syntax/ast.js";
import { innerBlocks } from "../../../python/syntax/walk.js";
import { PyFunction, type PyInstance, Unknown } from "../../../python/values.js";

/** Names of attributes that the model has not, or that are None, and that a method besides the constructor sets. */
export function lateAttributes(evaluator: Evaluator, model: PyInstance): readonly string[] {
  const set = new Set(
    model.cls.mro.flatMap(({ attributes }) => [...attributes.values()].flatMap(attributesSetBy)),
  );
  return [...set].filter((name) => (evaluator.lookUp(model, name) ?? null) === null);
}

function attributesSetBy(method: unknown): string[] {
  if (!(method instanceof PyFunction) || method.name === "__init__") return [];
  const { node, names } = method.code;
  return node.kind === "FunctionDef" ? node.body.statements.flatMap((one) => setIn(one, names[0])) : [];
}

function setIn(statement: Statement, self: string | undefined): string[] {
  const own =
    statement.kind === "Assign"
      ? statement.targets.flatMap((target) =>
          target.kind === "Attribute" && target.value.kind === "Name" && target.value.id === self
            ? [target.attr]
            : [],
        )
      : [];
  const inner = innerBlocks(statement).flatMap(({ statements }) => statements);
  return [...own, ...inner.flatMap((one) => setIn(one, self))];
}

/** Does something while nobody knows what these attributes are; afterwards they are what they were. */
export function whileUnknown(model: PyInstance, names: readonly string[], run: () => void): void {
  const { attributes } = model;
  if (attributes === null) return;
  const before = new Map(attributes);
  for (const name of names) attributes.set(name, new Unknown(`what ${name} is when the model runs`));
  run();
  for (const name of names) {
    if (before.has(name)) attributes.set(name, before.get(name)!);
    else attributes.delete(name);
  }
}
