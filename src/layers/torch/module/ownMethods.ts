/** What stands in for `forward` in a model that has none: an agent with `act` and `evaluate`. */
import type { Machine } from "../../../python/machine.js";
import { someExpression } from "../../../python/syntax/walk.js";
import { PyFunction, type PyInstance } from "../../../python/values.js";
import { entries } from "./traversal.js";

/** The program's own methods that call a part of the model, in the order they are written. */
export function methodsCallingParts(machine: Machine, model: PyInstance): readonly PyFunction[] {
  const parts = new Set(entries(machine, model, "_modules").map(({ name }) => name));
  return model.cls.mro.flatMap(({ attributes }) =>
    [...attributes.values()].filter(
      (method): method is PyFunction => method instanceof PyFunction && calls(method, parts),
    ),
  );
}

function calls({ code: { node, names, unit } }: PyFunction, parts: ReadonlySet<string>): boolean {
  if (node.kind !== "FunctionDef" || node.name.startsWith("__") || unit.isStub) return false;
  return node.body.statements.some((statement) =>
    someExpression(
      statement,
      (call) =>
        call.kind === "Call" &&
        call.func.kind === "Attribute" &&
        call.func.value.kind === "Name" &&
        call.func.value.id === names[0] &&
        parts.has(call.func.attr),
    ),
  );
}
