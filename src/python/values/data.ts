/** Data that nothing changes: numbers, tuples, ranges. */
import { type PyClass, types } from "./classes.js";
import { PyObject, type Value } from "./object.js";

export class PyFloat extends PyObject {
  constructor(
    readonly value: number,
    cls: PyClass = types.float,
  ) {
    super(cls);
  }
}

export class PyComplex extends PyObject {
  constructor(
    readonly real: number,
    readonly imaginary: number,
  ) {
    super(types.complex);
  }
}

export class PyBytes extends PyObject {
  constructor(
    readonly value: Uint8Array,
    cls: PyClass = types.bytes,
  ) {
    super(cls);
  }
}

export class PyTuple extends PyObject {
  constructor(
    readonly items: readonly Value[],
    cls: PyClass = types.tuple,
  ) {
    super(cls);
  }
}

export class PyRange extends PyObject {
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super(types.range);
  }
  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
}

export class PySlice extends PyObject {
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {
    super(types.slice);
  }
}

/** `Ellipsis`, `NotImplemented`. */
export class PySingleton extends PyObject {
  constructor(
    readonly name: string,
    cls: PyClass,
  ) {
    super(cls);
  }
}
