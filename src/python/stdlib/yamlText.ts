/** YAML text → values, as PyYAML's safe loader reads it. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from "yaml";
import { integer } from "../numbers.js";
import { PyDict, PyFloat, PyList, type Value } from "../values.js";

/** Nodes one document may expand to: aliases of aliases grow without end. */
const MAX_NODES = 100_000;

/** Undefined where the text is no YAML, or holds what the evaluator has no value for. */
export function readYaml(text: string): Value | undefined {
  const document = parseDocument(text, { version: "1.1", merge: true, logLevel: "silent" });
  if (document.errors.length > 0) return undefined;
  return new Reader(document).value(document.contents);
}

class Reader {
  #nodes = 0;

  constructor(private readonly document: Document) {}

  value(node: unknown): Value | undefined {
    if (node === null || ++this.#nodes > MAX_NODES) return node === null ? null : undefined;
    if (isAlias(node)) return this.value(node.resolve(this.document));
    if (isScalar(node)) return scalar(node);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.value(item));
      return items.includes(undefined) ? undefined : new PyList(items as Value[]);
    }
    return isMap(node) ? this.map(node.items as readonly { key: Node; value: Node | null }[]) : undefined;
  }

  private map(pairs: readonly { readonly key: Node; readonly value: Node | null }[]): Value | undefined {
    const dict = new PyDict();
    for (const { key: name, value: node } of pairs) {
      const key = this.value(name);
      const value = this.value(node);
      if (value === undefined) return undefined;
      if (isScalar(name) && name.source === "<<" && value instanceof PyDict) mergeInto(dict, value);
      else if (typeof key === "string" || typeof key === "number") dict.set(key, key, value);
      else if (typeof key === "boolean") dict.set(Number(key), key, value);
      else return undefined;
    }
    return dict;
  }
}

/** `<<: *base`: keys that are there already stay. */
function mergeInto(dict: PyDict, base: PyDict): void {
  for (const [key, name] of base.keyPairs()) if (!dict.has(key)) dict.set(key, name, base.get(key)!);
}

/** PyYAML takes `1e-3` for text: its floats have a point. */
const FLOAT = /^[-+]?(?:\d[\d_]*)?\.[\d_]*(?:[eE][-+]\d+)?$|^[-+]?\.(?:inf|nan)$/i;

function scalar(node: Scalar): Value | undefined {
  const { value, source = "", type } = node;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value as Value;
  if (type !== "PLAIN") return source;
  if (typeof value === "bigint") return integer(value);
  if (typeof value !== "number") return undefined;
  if (FLOAT.test(source)) return new PyFloat(value);
  return Number.isSafeInteger(value) && !/[eE.]/.test(source.replace(/^0x.*/i, "")) ? value : source;
}
