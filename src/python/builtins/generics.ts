/** `list[int]` and `int | None`: types that only describe. */
import { isInstance } from "../operations/truth.js";
import { builtinClass, type PyDict, PyInstance, PyTuple, types, type Value } from "../values.js";
import { define } from "./define.js";

export const GENERIC_ALIAS = builtinClass("GenericAlias", types.object, "types");
export const UNION_TYPE = builtinClass("UnionType", types.object, "types");
for (const cls of [GENERIC_ALIAS, UNION_TYPE]) cls.isBuiltin = false;

const origin = (self: PyInstance): Value => self.attributes?.get("__origin__") ?? null;
const args = (self: PyInstance): Value => self.attributes?.get("__args__") ?? new PyTuple([]);

define<PyInstance>(GENERIC_ALIAS, {
  staticMethods: {
    "__new__(cls, origin, args, /)": (machine, _: Value, type: Value, given: Value) => {
      const alias = new PyInstance(GENERIC_ALIAS);
      alias.attributes = new Map([
        ["__origin__", type],
        ["__args__", given instanceof PyTuple ? given : new PyTuple([given])],
      ]);
      machine.step();
      return alias;
    },
  },
  methods: {
    "__call__(self, /, *args, **kwargs)": (machine, self, given, named) => {
      const keywords = new Map<string, Value>();
      for (const { key, value } of (named as PyDict).items()) keywords.set(key as string, value);
      return machine.call(origin(self), (given as PyTuple).items, keywords);
    },
    "__mro_entries__(self, bases, /)": (_, self) => new PyTuple([origin(self)]),
    "__getitem__(self, item, /)": (_, self) => self,
    "__getattr__(self, name, /)": (machine, self, name) => machine.getAttribute(origin(self), name as string),
    "__eq__(self, other, /)": (machine, self, other) =>
      other instanceof PyInstance && other.cls === GENERIC_ALIAS && origin(self) === origin(other)
        ? machine.equal(args(self), args(other))
        : false,
    "__hash__(self, /)": (_, self) => (origin(self) as { id?: number } | null)?.id ?? 0,
    "__or__(self, other, /)": (machine, self, other) => machine.unionType(self, other),
    "__ror__(self, other, /)": (machine, self, other) => machine.unionType(other, self),
  },
});

define<PyInstance>(UNION_TYPE, {
  methods: {
    "__instancecheck__(self, instance, /)": (machine, self, instance) =>
      isInstance(machine, instance, args(self)),
    "__or__(self, other, /)": (machine, self, other) => machine.unionType(self, other),
    "__ror__(self, other, /)": (machine, self, other) => machine.unionType(other, self),
    "__getitem__(self, item, /)": (_, self) => self,
    "__eq__(self, other, /)": (machine, self, other) =>
      other instanceof PyInstance && other.cls === UNION_TYPE
        ? machine.equal(args(self), args(other))
        : false,
    "__hash__(self, /)": () => 0,
  },
});
