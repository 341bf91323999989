/** `x.sum(axis=0, keepdims=True)`: torch's functions take NumPy's names of their arguments as well. */
import type { NativeBody } from "../../../python/values.js";

/** Functions and methods that torch has in Python take their own names alone. */
const WRITTEN_IN_PYTHON: readonly string[] = ["norm", "split", "unflatten", "unique"];

/** The same functions, with NumPy's names beside torch's. */
export const withNumpyNames = <Body extends NativeBody>(
  table: Readonly<Record<string, Body>>,
  alone = WRITTEN_IN_PYTHON,
): Record<string, Body> =>
  Object.fromEntries(
    Object.entries(table).map(([signature, body]) => [
      alone.includes(signature.slice(0, signature.indexOf("(")))
        ? signature
        : signature.replace(/(?<=[(, ])dim\b/, "dim|axis").replace(/(?<=[(, ])keepdim\b/, "keepdim|keepdims"),
      body,
    ]),
  );
