import { type PyClass, types, type Value } from "../values.js";

/** Python's `type(value)`. */
export function typeOf(value: Value): PyClass {
  switch (typeof value) {
    case "number":
    case "bigint":
      return types.int;
    case "string":
      return types.str;
    case "boolean":
      return types.bool;
    default:
      return value === null ? types.none : value.cls;
  }
}
