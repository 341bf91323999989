import type { Engine } from "../engine.js";
import { install, native } from "../host.js";
import type { NativeBody, NativeFunction, PyClass, Value } from "../values.js";

type Body<Self> = { bivariant(machine: Engine, self: Self, ...args: Value[]): Value }["bivariant"];
type Table<Self> = Readonly<Record<string, Body<Self>>>;

export interface Definition<Self> {
  readonly methods?: Table<Self>;
  readonly properties?: Table<Self>;
  readonly classMethods?: Table<PyClass>;
  readonly staticMethods?: Readonly<
    Record<string, { bivariant(machine: Engine, ...args: Value[]): Value }["bivariant"]>
  >;
}

/** `install` for the evaluator's own classes, whose natives see the whole engine. */
export const define = <Self>(cls: PyClass, definition: Definition<Self>): void =>
  install<Self>(cls, definition as Parameters<typeof install<Self>>[1]);

/** Functions by signature. */
export const functions = (
  table: Readonly<Record<string, { bivariant(machine: Engine, ...args: Value[]): Value }["bivariant"]>>,
): NativeFunction[] =>
  Object.entries(table).map(([signature, body]) => native(signature, body as NativeBody));
