/** The layers of a Caffe net in order, whichever version of the format lists them. */
import { type Message, messagesOf, valuesOf, wordOf } from "./prototxt.js";

export interface NetLayer {
  readonly message: Message;
  /** In the words of today's format: `Convolution`, also where version 1 says `CONVOLUTION`. */
  readonly type: string;
  readonly name: string;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
  /** Whether it is left out in training. */
  readonly isForTesting: boolean;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

export function netLayers(net: Message): readonly NetLayer[] {
  return net.fields.flatMap(({ name, value, start, end }) =>
    (name === "layer" || name === "layers") && typeof value === "object"
      ? [
          {
            message: value,
            type: typeOf(value),
            name: wordOf(value, "name") ?? "",
            bottoms: words(value, "bottom"),
            tops: words(value, "top"),
            isForTesting: messagesOf(value, "include").some((rule) => wordOf(rule, "phase") === "TEST"),
            start,
            end,
          },
        ]
      : [],
  );
}

/** All values of a field that are words. */
export const words = (message: Message, name: string): readonly string[] =>
  valuesOf(message, name).filter((value) => typeof value === "string");

/** `"Convolution"`, or version 1's `CONVOLUTION` and `INNER_PRODUCT`. */
export function typeOf(layer: Message): string {
  const type = wordOf(layer, "type") ?? "";
  if (/[a-z]/.test(type)) return type;
  return (
    VERSION_1.get(type) ??
    type.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
  );
}

/** The names of today for those that tell nothing of their small letters. */
const VERSION_1: ReadonlyMap<string, string> = new Map([
  ["BN", "BN"],
  ["RELU", "ReLU"],
  ["LRN", "LRN"],
  ["TANH", "TanH"],
  ["MVN", "MVN"],
  ["BNLL", "BNLL"],
  ["ABSVAL", "AbsVal"],
  ["HDF5_DATA", "HDF5Data"],
  ["LSTM", "LSTM"],
  ["RNN", "RNN"],
]);
