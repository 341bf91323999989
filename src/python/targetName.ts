import type { Expression } from "./ast.js";

/** What a target is called for short: `x`, `fc1` of `self.fc1`, `W1` of `params["W1"]`; null for any other. */
export function targetName(target: Expression): string | null {
  switch (target.kind) {
    case "Name":
      return target.id;
    case "Attribute":
      return target.attr;
    case "Subscript":
      return target.index.kind === "Constant" && typeof target.index.value === "string"
        ? target.index.value
        : null;
    default:
      return null;
  }
}
