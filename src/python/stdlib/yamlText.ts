/** YAML text → values, as PyYAML's safe loader (YAML 1.1) or ruamel.yaml (1.2) reads it. */
import {
  boolYaml11Tag,
  CORE_SCHEMA,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  floatCoreTag,
  floatYaml11Tag,
  load,
  mergeTag,
  NOT_RESOLVED,
  realMapTag,
  YAML11_SCHEMA,
  YAMLException,
} from "js-yaml";
import { PyDict, PyFloat, PyList, Unknown, type Value } from "../values.js";

/** Nodes one document may expand to: aliases of aliases grow without end. */
const MAX_NODES = 100_000;

/** Floats stay apart from ints: `1.0` is not `1`. */
const float = (plain: typeof floatCoreTag) =>
  defineScalarTag<PyFloat>(plain.tagName, {
    implicit: true,
    implicitFirstChars: plain.implicitFirstChars,
    resolve: (source, isExplicit, name) => {
      const number = plain.resolve(source, isExplicit, name);
      // `!!float 1e-3` is a number, though `1e-3` alone is text in YAML 1.1.
      const written = isExplicit ? Number(source.replaceAll("_", "") || Number.NaN) : Number.NaN;
      if (typeof number === "number") return new PyFloat(number);
      return Number.isNaN(written) ? NOT_RESOLVED : new PyFloat(written);
    },
    identify: () => false,
  });

/** PyYAML's booleans are words: `y` and `n` alone are text, names of coordinates and sizes among them. */
const bool = defineScalarTag<boolean>(boolYaml11Tag.tagName, {
  implicit: true,
  implicitFirstChars: boolYaml11Tag.implicitFirstChars,
  resolve: (source, ...rest) => (source.length === 1 ? NOT_RESOLVED : boolYaml11Tag.resolve(source, ...rest)),
  identify: () => false,
});

/** A node with a tag of the file's own (`!include`), or of Python's (`!!python/tuple`). */
class Tagged {
  constructor(
    readonly tag: string,
    readonly content: string | unknown[] | Map<unknown, unknown>,
  ) {}
}

const entries = (node: Tagged) => node.content as Map<unknown, unknown>;
const OWN_TAGS = ["!", "tag:yaml.org,2002:python/"].flatMap((prefix) => [
  defineScalarTag<Tagged>(prefix, {
    matchByTagPrefix: true,
    resolve: (source, _isExplicit, tag) => new Tagged(tag, source),
    identify: () => false,
  }),
  defineSequenceTag<Tagged>(prefix, {
    matchByTagPrefix: true,
    create: (tag) => new Tagged(tag, []),
    addItem: (node, item) => void (node.content as unknown[]).push(item),
    identify: () => false,
  }),
  defineMappingTag<Tagged>(prefix, {
    matchByTagPrefix: true,
    create: (tag) => new Tagged(tag, new Map()),
    addPair: (node, key, value) => {
      entries(node).set(key, value);
      return "";
    },
    has: (node, key) => entries(node).has(key),
    keys: (node) => entries(node).keys(),
    get: (node, key) => entries(node).get(key),
    identify: () => false,
  }),
]);

const SCHEMAS = {
  "1.1": YAML11_SCHEMA.withTags(bool, float(floatYaml11Tag), realMapTag, ...OWN_TAGS),
  /** As programs have it that tell PyYAML that `1e-3` is a number. */
  "1.1 with floats": YAML11_SCHEMA.withTags(bool, float(floatCoreTag), realMapTag, ...OWN_TAGS),
  "1.2": CORE_SCHEMA.withTags(float(floatCoreTag), mergeTag, realMapTag, ...OWN_TAGS),
};

export type YamlVersion = keyof typeof SCHEMAS;

export const isYamlVersion = (name: Value): name is YamlVersion =>
  typeof name === "string" && name in SCHEMAS;

/** What a tag stands for that YAML itself does not know: the program says, if anybody. */
type Meaning = (tag: string, content: Value) => Value;

const nobodys: Meaning = (tag) => new Unknown(`what the YAML tag ${tag} stands for`, null);

/** Undefined where the text is no YAML, or holds what is no plain data. */
export function readYaml(text: string, version: YamlVersion, meaning: Meaning = nobodys): Value | undefined {
  const document = parse(text, version);
  let nodes = 0;
  const convert = (node: unknown): Value | undefined => {
    if (++nodes > MAX_NODES) return undefined;
    if (node === undefined || node === null) return null;
    if (typeof node === "string" || typeof node === "boolean") return node;
    if (node instanceof PyFloat) return node;
    if (node instanceof Tagged) {
      const content = convert(node.content);
      return content === undefined ? undefined : meaning(node.tag, content);
    }
    if (typeof node === "number") return Number.isSafeInteger(node) ? node : undefined;
    if (Array.isArray(node)) return list(node, convert);
    return node instanceof Map ? dict(node, convert) : undefined;
  };
  return convert(document);
}

/** Lines inside brackets that may begin further to the left than what they are in. */
const MAX_OUTDENTED = 100;

/** The document, or the error it ends with. PyYAML minds no indentation inside brackets; js-yaml does, and says where. */
function parse(text: string, version: YamlVersion): unknown {
  const lines = text.split("\n");
  for (let left = MAX_OUTDENTED; ; left--) {
    try {
      // Of entries with one name PyYAML keeps the last; ruamel.yaml refuses the file.
      return load(lines.join("\n"), { schema: SCHEMAS[version], json: version !== "1.2" });
    } catch (error) {
      const isOutdented = error instanceof YAMLException && error.reason === "deficient indentation";
      const line = isOutdented ? error.mark?.line : undefined;
      if (line === undefined || left === 0) return error;
      lines[line] = " ".repeat(80) + lines[line];
    }
  }
}

type Convert = (node: unknown) => Value | undefined;

function list(nodes: readonly unknown[], convert: Convert): PyList | undefined {
  const items: Value[] = [];
  for (const node of nodes) {
    const item = convert(node);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return new PyList(items);
}

function dict(nodes: ReadonlyMap<unknown, unknown>, convert: Convert): PyDict | undefined {
  const result = new PyDict();
  for (const [name, node] of nodes) {
    const [key, value] = [convert(name), convert(node)];
    if (value === undefined) return undefined;
    if (typeof key === "string" || typeof key === "number") result.set(key, key, value);
    else if (typeof key === "boolean") result.set(Number(key), key, value);
    else return undefined;
  }
  return result;
}
