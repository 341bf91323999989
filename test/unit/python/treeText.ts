// A syntax tree as text, for cases that say which tree a source has.

/** `Kind(field:value …)`, one statement a line. Positions, nulls, `false` and what is empty are left out. */
export function treeText(node: unknown): string {
  if (Array.isArray(node)) return `[${node.map(treeText).join(" ")}]`;
  if (typeof node !== "object" || node === null) {
    return typeof node === "string" ? JSON.stringify(node) : String(node);
  }
  if ("statements" in node) return treeText(node.statements);
  const fields = Object.entries(node)
    .filter(([name]) => !/^(kind|start|end|attrStart|nameStart)$/.test(name))
    .map(([name, value]) => [name, value === null || value === false ? "[]" : treeText(value)])
    .filter(([, text]) => text !== "[]");
  return `${"kind" in node ? node.kind : ""}(${fields.map(([name, text]) => `${name}:${text}`).join(" ")})`;
}
