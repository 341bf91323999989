/** Python statements in strings: `exec`. They are run as any others. */

import { joinReturns } from "../branches/fork.js";
import { FORKED, Frame } from "../calls/frame.js";
import { compileBlock } from "../compile/statements.js";
import { Unit } from "../compile/unit.js";
import type { Engine } from "../engine.js";
import { frameNamespace } from "../operations/introspection.js";
import { parseModule } from "../parse/parse.js";
import { analyzeBody, type Scopes } from "../syntax/resolveNames.js";
import { DictNamespace } from "../values/dictNamespace.js";
import { NamespaceDict, PyDict, PyInstance, PyModule, type PyObject, types, type Value } from "../values.js";

/** A configuration or a generated class; what is longer is a program of its own. */
const MAX_LENGTH = 100_000;

/**
 * `exec(text, globals, locals)`. The statements see and bind names as the body of a class does: where the locals are
 * the globals, those are a module's. What they do is not followed where text or names are not known.
 */
export function execText(machine: Engine, text: Value, globals: Value, locals: Value): null {
  if (typeof text !== "string" || text.length > MAX_LENGTH || !isNamespace(globals) || !isNamespace(locals)) {
    machine.incomplete("exec: code made at run time is not followed");
    return null;
  }
  const { body, errors } = parseModule(text).module;
  if (errors.length > 0) machine.raise("SyntaxError", errors[0]!.message);
  const caller = machine.frame!;
  const module = globals === null ? caller.globals : moduleOf(machine, globals);
  const own = locals ?? (globals === null && caller.scope.kind !== "module" ? frameNamespace(caller) : null);
  const scopes: Scopes = new Map();
  const scope = analyzeBody(body, "class", body.statements, null, scopes);
  const block = compileBlock(
    body,
    new Unit(scope, scopes, { file: "<string>", text, isTraced: false }, "", ""),
  );
  machine.modules.names.materialize(module);
  const frame = new Frame(machine, scope, module, [], caller);
  frame.namespace = own === null ? module : ownerOf(machine, own);
  machine.enter(frame, caller);
  if (block(frame) === FORKED) joinReturns(frame);
  machine.frame = caller;
  return null;
}

const isNamespace = (value: Value): value is PyDict | null => value === null || value instanceof PyDict;

function moduleOf(machine: Engine, names: PyDict): PyModule {
  if (names instanceof NamespaceDict && names.owner instanceof PyModule) return names.owner;
  const module = new PyModule("builtins", null, false);
  module.attributes = new DictNamespace(names, machine);
  return module;
}

/** The object whose attributes the names are. */
function ownerOf(machine: Engine, names: PyDict): PyObject {
  if (names instanceof NamespaceDict) return names.owner;
  const owner = new PyInstance(types.object);
  owner.attributes = new DictNamespace(names, machine);
  return owner;
}
