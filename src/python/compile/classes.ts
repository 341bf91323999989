import { joinReturns } from "../branches/fork.js";
import { type Evaluate, FORKED, Frame } from "../calls/frame.js";
import { buildClass } from "../operations/classes.js";
import type { ClassDefinition } from "../syntax/ast.js";
import { analyzeBody } from "../syntax/resolveNames.js";
import { docstring } from "../syntax/walk.js";
import { Cell, PyClass, PyInstance, types, Unknown, type Value } from "../values.js";
import { expression, itemsOf } from "./expressions.js";
import { closureFor } from "./functions.js";
import { compileBlock } from "./statements.js";
import type { Unit } from "./unit.js";

/** The body runs as a frame of its own; its names become the class's attributes. */
export function compileClass(node: ClassDefinition, unit: Unit): Evaluate {
  const bases = itemsOf(node.bases, unit);
  const keywords = node.keywords.map(({ name, value }) => ({ name, value: expression(value, unit) }));
  const body = compileBody(node, unit);
  const qualified = unit.qualify(node.name);
  const span = unit.span({ start: node.nameStart, end: node.nameStart + node.name.length });
  const whole = unit.span(node);
  return (frame) => {
    const { machine } = frame;
    const given = bases(frame);
    const named = new Map<string, Value>();
    for (const { name, value } of keywords) if (name !== null) named.set(name, value(frame));
    frame.site = span;
    const { namespace, cell } = body()(frame);
    const names = namespace.attributes!;
    names.set("__module__", frame.globals.attributes.get("__name__") ?? null);
    names.set("__qualname__", qualified);
    const cls = buildClass(machine, node.name, given instanceof Unknown ? [given] : given, names, named);
    if (cls instanceof PyClass) cls.definition = whole;
    cell.value = cls;
    return cls;
  };
}

interface Ran {
  readonly namespace: PyInstance;
  /** What `__class__` means inside the methods; filled when the class exists. */
  readonly cell: Cell;
}

/** Compiled when the definition first runs: lowering a class nobody asks for is wasted. */
function compileBody(node: ClassDefinition, unit: Unit): () => (frame: Frame) => Ran {
  let compiled: ((frame: Frame) => Ran) | null = null;
  return () => {
    compiled ??= compileNow(node, unit);
    return compiled;
  };
}

function compileNow(node: ClassDefinition, unit: Unit): (frame: Frame) => Ran {
  const scope =
    unit.scopes.get(node) ?? analyzeBody(node, "class", node.body.statements, unit.scope, unit.scopes);
  const inner = unit.inside(scope, unit.qualify(node.name), node.name);
  const block = compileBlock(node.body, inner);
  const closure = closureFor(node, unit);
  const doc = docstring(node.body.statements);
  const classSlot = scope.variables.get("__class__")!.index;
  return (frame) => {
    const own = new Frame(frame.machine, scope, frame.globals, closure(frame), frame);
    for (const slot of scope.cellSlots) own.slots[slot] = new Cell();
    const namespace = new PyInstance(types.object);
    namespace.attributes = new Map(doc === null ? [] : [["__doc__", doc]]);
    own.namespace = namespace;
    frame.machine.enter(own, frame);
    if (block(own) === FORKED) joinReturns(own);
    frame.machine.frame = frame;
    return { namespace, cell: own.slots[classSlot] as Cell };
  };
}
