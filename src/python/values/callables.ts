/** Functions, methods and the descriptors that bind them. */
import type { FunctionCode } from "../calls/code.js";
import type { Machine } from "../machine.js";
import { type PyClass, type PyModule, types } from "./classes.js";
import { PyTuple } from "./data.js";
import { evaluations, type Journaled, type Merger } from "./journaled.js";
import { PyObject, type Value } from "./object.js";

/** A variable that an inner function sees too. `undefined` = not bound. */
export class Cell implements Journaled<Value | undefined> {
  value: Value | undefined = undefined;
  readonly born = evaluations.count;
  snapshot(): Value | undefined {
    return this.value;
  }
  restore(state: Value | undefined): void {
    this.value = state;
  }
  merge(first: Value | undefined, second: Value | undefined, merger: Merger): Value | undefined {
    return first === undefined && second === undefined ? undefined : merger.value(first, second);
  }
}

export class PyFunction extends PyObject {
  /** Set by `functools.wraps` and assignments; the code keeps its own. */
  name: string;
  constructor(
    readonly code: FunctionCode,
    readonly globals: PyModule,
    readonly closure: readonly Cell[],
    /** One a parameter with a default, the last positional ones. */
    private readonly writtenDefaults: readonly Value[],
    readonly keywordDefaults: ReadonlyMap<string, Value>,
    readonly qualifiedName: string,
  ) {
    super(types.function);
    this.name = code.name;
  }

  /** The defaults a call fills in: what `__defaults__` was set to, else those of the definition. */
  get defaults(): readonly Value[] {
    const set = this.attributes?.get("__defaults__");
    if (set === undefined) return this.writtenDefaults;
    if (set instanceof PyTuple) return set.items;
    return set === null ? [] : Array<Value>(this.code.positionalCount).fill(set);
  }
}

export type Keywords = ReadonlyMap<string, Value>;

/** Arguments in the order of the signature; an argument not given is its default (`...` = undefined). */
export type NativeBody = {
  bivariant(machine: Machine, ...args: Value[]): Value;
}["bivariant"];

/** A function written in TypeScript; make it with `native()` of host.ts. */
export class NativeFunction extends PyObject {
  constructor(
    readonly name: string,
    /** Python-like, without the name: `(iterable, /, *, key=None, reverse=False)`. */
    readonly signature: string,
    readonly body: NativeBody,
    /** The class whose method this is: it binds like a Python method and checks its first argument. */
    readonly owner: PyClass | null = null,
  ) {
    super(owner === null ? types.builtinFunction : types.methodDescriptor);
  }
}

export class BoundMethod extends PyObject {
  constructor(
    readonly self: Value,
    readonly func: Value,
  ) {
    super(types.method);
  }
}

export class PyProperty extends PyObject {
  constructor(
    readonly getter: Value,
    readonly setter: Value = null,
    readonly deleter: Value = null,
    cls: PyClass = types.property,
  ) {
    super(cls);
  }
}

export class PyClassMethod extends PyObject {
  constructor(
    readonly func: Value,
    cls: PyClass = types.classmethod,
  ) {
    super(cls);
  }
}

export class PyStaticMethod extends PyObject {
  constructor(
    readonly func: Value,
    cls: PyClass = types.staticmethod,
  ) {
    super(cls);
  }
}

/** `super()`: attributes of `self` looked up after `owner` in the MRO of `type`. */
export class PySuper extends PyObject {
  constructor(
    readonly owner: PyClass,
    readonly self: Value,
    readonly type: PyClass,
  ) {
    super(types.super);
  }
}
