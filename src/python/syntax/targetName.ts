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

/** What all values under one kind of key are called: `W` of `params["W" + str(i)]`, `f"W{i}"`, `"W%d" % i`. */
export function keyStart(target: Expression): string | null {
  const start = target.kind === "Subscript" ? leadingText(target.index) : null;
  return start && (/^[A-Za-z_]+/.exec(start)?.[0] ?? null);
}

function leadingText(node: Expression): string | null {
  if (node.kind === "Constant") return typeof node.value === "string" ? node.value : null;
  if (node.kind === "BinOp") return node.op === "+" || node.op === "%" ? leadingText(node.left) : null;
  if (node.kind !== "JoinedStr") return null;
  const [first] = node.parts;
  return typeof first === "string" ? first : null;
}
