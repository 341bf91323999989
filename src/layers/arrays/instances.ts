/** Reading the instances that the array stubs make. */
import { PyInstance, type Value } from "../../python/values.js";

/** Whether a value is an instance of the class `name` of the stub module `module`, or of one below it. */
export function isInstanceOf(value: Value | undefined, module: string, name: string): value is PyInstance {
  return (
    value instanceof PyInstance && value.cls.mro.some((cls) => cls.name === name && cls.module === module)
  );
}

export const isArray = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_arrays.core", "Array");

/** Whether an array is a layer's weight: Keras's and nnx's variables, arrays that a linen module named. */
export const isWeight = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_keras.tensors", "Variable") ||
  (isArray(value) && typeof held(value, "_name") === "string");

/** What the instance itself holds under that name. */
export const held = (instance: PyInstance, name: string): Value | undefined => instance.attributes?.get(name);
