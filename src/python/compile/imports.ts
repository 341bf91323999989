import { type Execute, NORMAL } from "../calls/frame.js";
import { importFrom, importName, importStar } from "../modules/imports.js";
import type { Import, ImportFrom } from "../syntax/ast.js";
import { Lazy } from "../values.js";
import type { Unit } from "./unit.js";
import { storeName } from "./variables.js";

/** In a module's own body an imported name is bound to a thunk: the module is read when the name is. */
export function compileImport(node: Import, unit: Unit): Execute {
  const isDeferred = unit.scope.kind === "module" && !unit.guardsImports;
  const guards = unit.guardsImports;
  const span = unit.span(node);
  const names = node.names.map(({ name, asName }) => ({
    name,
    asName,
    bound: asName ?? name.split(".")[0]!,
    store: storeName(asName ?? name.split(".")[0]!, unit),
  }));
  return (frame) => {
    const { machine, globals } = frame;
    for (const { name, asName, store } of names) {
      frame.site = span;
      const load = () => importName(machine, globals, name, asName !== null, guards);
      store(
        frame,
        isDeferred && machine.defersImports(globals) ? new Lazy(() => machine.outOfBranch(load)) : load(),
      );
    }
    return NORMAL;
  };
}

export function compileImportFrom(node: ImportFrom, unit: Unit): Execute {
  const isDeferred = unit.scope.kind === "module" && !unit.guardsImports;
  const guards = unit.guardsImports;
  const span = unit.span(node);
  const from = { module: node.module, level: node.level, guards };
  if (node.names.some(({ name }) => name === "*")) {
    return (frame) => {
      frame.site = span;
      importStar(frame.machine, frame.globals, from);
      return NORMAL;
    };
  }
  const names = node.names.map(({ name, asName }) => ({ name, store: storeName(asName ?? name, unit) }));
  return (frame) => {
    const { machine, globals } = frame;
    for (const { name, store } of names) {
      frame.site = span;
      const load = () => importFrom(machine, globals, from, name);
      store(
        frame,
        isDeferred && machine.defersImports(globals) ? new Lazy(() => machine.outOfBranch(load)) : load(),
      );
    }
    return NORMAL;
  };
}
