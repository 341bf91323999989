/** Every built-in name. A new function is one row in functions.ts, a new method one row in its type's table. */
import { ELLIPSIS, NOT_IMPLEMENTED, types, type Value } from "../values.js";
import { installBytes } from "./bytes.js";
import { installDescriptors } from "./descriptors.js";
import { installDict } from "./dict.js";
import { EXCEPTIONS } from "./exceptions.js";
import { FUNCTIONS } from "./functions.js";
import { GENERIC_ALIAS, UNION_TYPE } from "./generics.js";
import { ITERATOR_CLASSES, installIterators } from "./iterators.js";
import { installNumbers } from "./numbers.js";
import { installObject } from "./object.js";
import { installRange } from "./ranges.js";
import { installList, installSequence } from "./sequences.js";
import { installSets } from "./sets.js";
import { installText } from "./text.js";

installObject();
installNumbers();
installText();
installBytes();
installSequence();
installList();
installDict();
installSets();
installRange();
installDescriptors();
installIterators();

const CLASSES = [
  types.object,
  types.type,
  types.int,
  types.bool,
  types.float,
  types.complex,
  types.str,
  types.bytes,
  types.list,
  types.tuple,
  types.dict,
  types.set,
  types.frozenset,
  types.range,
  types.slice,
  types.property,
  types.classmethod,
  types.staticmethod,
  types.super,
  ...ITERATOR_CLASSES,
  ...EXCEPTIONS.values(),
];

export const BUILTINS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...CLASSES.map((cls) => [cls.name, cls] as const),
  ...FUNCTIONS.map((one) => [one.name, one] as const),
  ["EnvironmentError", EXCEPTIONS.get("OSError")!],
  ["IOError", EXCEPTIONS.get("OSError")!],
  ["NotImplemented", NOT_IMPLEMENTED],
  ["Ellipsis", ELLIPSIS],
  ["__debug__", true],
  ["GenericAlias", GENERIC_ALIAS],
  ["UnionType", UNION_TYPE],
]);
