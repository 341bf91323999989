/**
 * What a Python value is to the evaluator.
 *
 * int = JS number (bigint past 2^53), bool = boolean, str = string, None = null; everything else is a
 * PyObject. Floats are objects because `1` and `1.0` are different things to Python code.
 * Whatever can change takes part in the undo journal: call `machine.touch(object)` BEFORE changing it.
 */

export * from "./values/callables.js";
export * from "./values/classes.js";
export * from "./values/containers.js";
export * from "./values/data.js";
export * from "./values/iterator.js";
export * from "./values/journaled.js";
export * from "./values/object.js";
export * from "./values/singletons.js";
export * from "./values/unknown.js";
