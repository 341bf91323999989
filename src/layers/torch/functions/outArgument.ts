/** `torch.arange(1, 9, out=freq)`: functions that put their result into a tensor they are given. */
import type { NativeBody } from "../../../python/values.js";
import { Tensor } from "../../tensors/tensor.js";
import { copyInPlace } from "./indexing.js";

/** The same functions; those that take `out` write into it, and give it back. */
export function intoOut<Body extends NativeBody>(
  table: Readonly<Record<string, Body>>,
): Record<string, NativeBody> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, body]) => {
      const place = parametersOf(signature).indexOf("out");
      return [signature, place < 0 ? body : writing(body, place)];
    }),
  );
}

const writing =
  (body: NativeBody, place: number): NativeBody =>
  (machine, ...args) => {
    const result = body(machine, ...args);
    const out = args[place];
    return out instanceof Tensor ? copyInPlace(machine, out, result) : result;
  };

/** Names in the order in which a body gets them. */
const parametersOf = (signature: string): readonly string[] =>
  signature
    .slice(signature.indexOf("(") + 1, -1)
    .split(",")
    .map((one) => one.trim().replace(/=.*$/, ""))
    .filter((name) => name !== "*" && name !== "/");
