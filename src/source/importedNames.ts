import { parseModule } from "../python/parse/parse.js";

/**
 * The names a module's text imports at its top level, by what they stand for: `from torch import nn` gives
 * `torch.nn` → `nn`, `import numpy as np` gives `numpy` → `np`. Relative and star imports are left out.
 */
export function importedNames(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const statement of parseModule(text).module.body.statements) {
    if (statement.kind === "Import") {
      for (const { name, asName } of statement.names) names.set(name, asName ?? name);
    } else if (statement.kind === "ImportFrom" && statement.level === 0 && statement.module !== null) {
      for (const { name, asName } of statement.names) {
        if (name !== "*") names.set(`${statement.module}.${name}`, asName ?? name);
      }
    }
  }
  return names;
}
