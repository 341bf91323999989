/** `torch.nn.Module`'s bookkeeping: registration, look-up and its methods. Its state is in plain dicts, as in torch. */
import { type MethodTable, nativeClass } from "../../../python/host.js";
import type { Machine } from "../../../python/machine.js";
import {
  type NativeBody,
  PyClass,
  PyDict,
  PyInstance,
  PyIterator,
  PyList,
  PySet,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../../../python/values.js";
import { traceOf } from "../../flow/trace.js";
import { notice, refuse } from "../../observations.js";
import { endDefault, Tensor } from "../../tensors/tensor.js";
import { noteReplaced } from "../report/leftBehind.js";
import { isUsers } from "../report/report.js";
import { stepsBack } from "../report/steps.js";
import { runForward } from "../runs/calls.js";
import { worldOf } from "../world.js";
import type { ModuleState } from "./moduleState.js";
import {
  children,
  entries,
  isModule,
  members,
  type Named,
  possible,
  REGISTRIES,
  type Registry,
  registry,
  setModuleClass,
  walk,
  whyOpen,
} from "./traversal.js";
import { nameless, visitModules, visitParameters } from "./visited.js";

/** Hook dicts, made when somebody asks for them. */
const HOOKS = new Set([
  "_non_persistent_buffers_set",
  "_backward_pre_hooks",
  "_backward_hooks",
  "_forward_hooks",
  "_forward_hooks_with_kwargs",
  "_forward_hooks_always_called",
  "_forward_pre_hooks",
  "_forward_pre_hooks_with_kwargs",
  "_state_dict_hooks",
  "_state_dict_pre_hooks",
  "_load_state_dict_pre_hooks",
  "_load_state_dict_post_hooks",
]);

const modules = new WeakMap<Machine, PyInstance[]>();

/** Every module made so far, copies included. */
export const modulesMade = (machine: Machine): readonly PyInstance[] => modules.get(machine) ?? [];

/** Modules that others, made after so many, hold. */
export const heldModules = (machine: Machine, from: number): ReadonlySet<PyInstance> =>
  new Set(
    modulesMade(machine)
      .slice(from)
      .flatMap((module) => entries(machine, module, "_modules").map(({ value }) => value))
      .filter((value) => value instanceof PyInstance),
  );

/** What others perhaps hold, or hold without torch's knowing: under a condition, in a plain list. */
export const perhapsHeldModules = (machine: Machine, from: number): ReadonlySet<Value> =>
  new Set(
    modulesMade(machine)
      .slice(from)
      .flatMap((module) => [
        ...possible(machine, module, "_modules"),
        ...[...(module.attributes?.values() ?? [])].flatMap((value) => {
          if (value instanceof Unknown) return value.may;
          return value instanceof PyList || value instanceof PyTuple ? value.items : [];
        }),
      ]),
  );

/** Of the modules made after so many, none of which an older module holds, those that no module holds. */
export function outermostMade(machine: Machine, from: number): readonly PyInstance[] {
  const held = heldModules(machine, from);
  return modulesMade(machine)
    .slice(from)
    .filter((module) => !held.has(module));
}

/** What is made in a branch that may not be taken is forgotten with it. */
function remember(machine: Machine, module: PyInstance): void {
  const list = modules.get(machine) ?? [];
  modules.set(machine, list);
  list.push(module);
}

function remove(machine: Machine, dict: PyDict, name: string): void {
  if (!dict.has(name)) return;
  machine.touch(dict);
  dict.delete(name);
}

function register(machine: Machine, module: PyInstance, kind: Registry, name: string, value: Value): void {
  const dict = registry(machine, module, kind);
  noteReplaced(machine, module, name, dict.get(name), value);
  machine.touch(dict);
  dict.set(name, name, value);
}

/** It is there under some name, and others may be: what is done to all of a registry reaches it too. */
function registerUnnamed(machine: Machine, module: PyInstance, kind: Registry, value: Value): null {
  const what = `a ${kind === "_modules" ? "module" : "parameter"} with a name that is not known`;
  const dict = registry(machine, module, kind);
  machine.touch(dict);
  const before = dict.uncertain === null ? [] : [dict.uncertain];
  dict.uncertain = machine.unknown(`${what} was registered`, [...before, value]);
  machine.incomplete(`${what} was registered`);
  return null;
}

/** Takes a name out of everything but one registry. */
function clearName(machine: Machine, module: PyInstance, name: string, except: Registry): void {
  if (module.attributes?.has(name)) {
    machine.touch(module);
    module.attributes.delete(name);
  }
  for (const kind of REGISTRIES) {
    if (kind !== except) remove(machine, registry(machine, module, kind), name);
  }
}

/** `module.name = value`: parameters, modules and buffers go to their registries. */
function setAttribute(machine: Machine, module: PyInstance, name: string, value: Value): void {
  const world = worldOf(machine);
  if (value instanceof Tensor && value.cls.isSubclassOf(world.Parameter)) {
    noteMisnamed(machine, module, name, value);
    clearName(machine, module, name, "_parameters");
    register(machine, module, "_parameters", name, value);
    return;
  }
  if (registry(machine, module, "_parameters").has(name)) {
    if (value !== null && !(value instanceof Unknown)) {
      const message = `cannot assign this as parameter '${name}' (torch.nn.Parameter or None expected)`;
      if (value instanceof Tensor) refuse(machine, "TypeError", message);
      machine.raise("TypeError", message);
    }
    register(machine, module, "_parameters", name, value);
    return;
  }
  if (isModule(machine, value) || isOneOfModules(machine, value)) {
    clearName(machine, module, name, "_modules");
    register(machine, module, "_modules", name, value);
    return;
  }
  if (registry(machine, module, "_modules").has(name) && (value === null || value instanceof Unknown)) {
    register(machine, module, "_modules", name, value);
    return;
  }
  const buffers = registry(machine, module, "_buffers");
  if (buffers.has(name) && (value === null || value instanceof Tensor || value instanceof Unknown)) {
    register(machine, module, "_buffers", name, value);
    return;
  }
  noteMisnamed(machine, module, name, value);
  plainAttribute(machine, module, name, value);
}

/** Notes weights put into a layer of torch's own under a name that it never reads: `fc.weights = …`. */
function noteMisnamed(machine: Machine, module: PyInstance, name: string, value: Value): void {
  const meant = { weights: "weight", biases: "bias" }[name];
  if (meant === undefined || !(value instanceof Tensor) || isUsers(module.cls)) return;
  const parameter = registry(machine, module, "_parameters").get(meant);
  if (!(parameter instanceof Tensor)) return;
  // What comes from the parameter itself is kept for later.
  for (const step of stepsBack(value.storage.history)) if (step === parameter.storage.history) return;
  const what = `${module.cls.name} has no ${name}: its parameter is ${meant}, which stays as it was`;
  const { history } = value.storage;
  // A parameter knows where it was made, another tensor what was done to it last.
  notice(machine, { kind: "discarded", what }, value.made.length > 0 ? value.made : history?.calls);
}

/** Whether it is a module whichever it is. */
const isOneOfModules = (machine: Machine, value: Value): boolean =>
  value instanceof Unknown && value.oneOf?.values.every((one) => isModule(machine, one)) === true;

/** The attribute's name is not known. */
function setUnnamed(machine: Machine, module: PyInstance, value: Value): void {
  if (isModule(machine, value)) registerUnnamed(machine, module, "_modules", value);
  else if (value instanceof Tensor && value.cls.isSubclassOf(worldOf(machine).Parameter))
    registerUnnamed(machine, module, "_parameters", value);
  else {
    machine.incomplete("setattr with an unknown name");
    machine.escape([module, value]);
  }
}

/** What `object.__setattr__` does; it is only asked where the class has something of that name. */
function plainAttribute(machine: Machine, module: PyInstance, name: string, value: Value): void {
  machine.touch(module);
  if (name === "__class__" && value instanceof PyClass) {
    module.cls = value;
  } else if (module.cls.lookup(name) === undefined) {
    module.attributes ??= new Map();
    module.attributes.set(name, value);
  } else {
    machine.call(types.object.attributes.get("__setattr__")!, [module, name, value]);
  }
}

/** `module.name` where ordinary look-up found nothing. */
function getAttribute(machine: Machine, module: PyInstance, name: string): Value {
  for (const kind of REGISTRIES) {
    const dict = module.attributes?.get(kind);
    if (dict instanceof PyDict && dict.has(name)) return dict.get(name)!;
  }
  if ((REGISTRIES as readonly string[]).includes(name)) return registry(machine, module, name as Registry);
  if (HOOKS.has(name)) {
    const made = name === "_non_persistent_buffers_set" ? new PySet() : new PyDict();
    machine.touch(module);
    module.attributes ??= new Map();
    module.attributes.set(name, made);
    return made;
  }
  if (name === "training") return true;
  if (name === "_is_full_backward_hook") return null;
  if (module.cls.unknownBase !== null)
    return machine.unknown(`the attribute ${name} of a class that is not known`);
  return machine.raise("AttributeError", `'${module.cls.name}' object has no attribute '${name}'`);
}

function deleteAttribute(machine: Machine, module: PyInstance, name: string): void {
  for (const kind of REGISTRIES) {
    const dict = registry(machine, module, kind);
    if (dict.has(name)) {
      remove(machine, dict, name);
      return;
    }
  }
  machine.call(types.object.attributes.get("__delattr__")!, [module, name]);
}

/** An iterator over what is there now; `open` says why there may be more. */
function iterator(values: readonly Value[], open: Unknown | null = null): PyIterator {
  let next = 0;
  const made = new PyIterator(() => (next < values.length ? values[next++] : undefined));
  made.uncertain = open;
  return made;
}

const pair = ({ name, value }: Named): Value => new PyTuple([name, value]);
const yes = (machine: Machine, flag: Value | undefined): boolean => machine.truth(flag ?? false) === true;

function namedMembers(kind: "_parameters" | "_buffers"): NativeBody {
  return (machine, self, prefix, recurse, unique) => {
    const module = self as PyInstance;
    const found = members(machine, module, kind, {
      prefix: String(prefix),
      recurse: yes(machine, recurse),
      unique: yes(machine, unique),
    });
    visitParameters(machine, module, found);
    return iterator(found.map(pair), yes(machine, recurse) ? whyOpen(machine, module) : null);
  };
}

function plainMembers(kind: "_parameters" | "_buffers"): NativeBody {
  return (machine, self, recurse) =>
    iterator(
      members(machine, self as PyInstance, kind, { recurse: yes(machine, recurse) }).map(
        ({ value }) => value,
      ),
      yes(machine, recurse) ? whyOpen(machine, self as PyInstance) : null,
    );
}

/** `get_submodule("layer1.0")`; an attribute that is no module raises. */
function submodule(machine: Machine, self: PyInstance, target: string): Value {
  let module: Value = self;
  for (const name of target === "" ? [] : target.split(".")) {
    const found: Value | undefined = machine.findAttribute(module, name);
    if (found === undefined) return machine.raise("AttributeError", `there is no attribute '${name}'`);
    if (found instanceof Unknown) return found;
    if (!isModule(machine, found)) return machine.raise("AttributeError", `'${name}' is not an nn.Module`);
    module = found;
  }
  return module;
}

// ── the class ────────────────────────────────────────────────────────────────

const METHODS: Record<string, NativeBody> = {
  "__init__(self, *args, **options)": (machine, self) => {
    const module = self as PyInstance;
    machine.touch(module);
    module.attributes ??= new Map();
    module.attributes.set("training", true);
    for (const kind of REGISTRIES) module.attributes.set(kind, new PyDict());
    return null;
  },
  "__setattr__(self, name, value)": (machine, self, name, value) => {
    if (typeof name === "string") setAttribute(machine, self as PyInstance, name, value!);
    else setUnnamed(machine, self as PyInstance, value!);
    return null;
  },
  "__getattr__(self, name)": (machine, self, name) =>
    getAttribute(machine, self as PyInstance, name as string),
  "__delattr__(self, name)": (machine, self, name) => {
    deleteAttribute(machine, self as PyInstance, name as string);
    return null;
  },
  "register_parameter(self, name, param)": (machine, self, name, param) => {
    const known = param === null || param instanceof Unknown || param instanceof Tensor;
    if (!known) machine.raise("TypeError", "register_parameter needs a torch.nn.Parameter or None");
    if (typeof name !== "string") return registerUnnamed(machine, self as PyInstance, "_parameters", param!);
    register(machine, self as PyInstance, "_parameters", name, param!);
    return null;
  },
  "register_buffer(self, name, tensor, persistent=True)": (machine, self, name, tensor) => {
    if (typeof name !== "string") return null;
    const module = self as PyInstance;
    if (module.attributes?.has(name)) machine.raise("KeyError", `attribute '${name}' already exists`);
    register(machine, module, "_buffers", name, tensor!);
    return null;
  },
  "add_module(self, name, module)": addModule,
  "register_module(self, name, module)": addModule,
  "named_parameters(self, prefix='', recurse=True, remove_duplicate=True)": namedMembers("_parameters"),
  "named_buffers(self, prefix='', recurse=True, remove_duplicate=True)": namedMembers("_buffers"),
  "parameters(self, recurse=True)": plainMembers("_parameters"),
  "buffers(self, recurse=True)": plainMembers("_buffers"),
  "named_modules(self, memo=None, prefix='', remove_duplicate=True)": (
    machine,
    self,
    _memo,
    prefix,
    unique,
  ) => {
    const seen = yes(machine, unique) ? new Set<Value>() : null;
    const found = [...walk(machine, self as PyInstance, String(prefix), seen)].map(
      ({ name, module }): Named => ({ name, value: module }),
    );
    visitModules(machine, self as PyInstance, found);
    return iterator(found.map(pair), whyOpen(machine, self as PyInstance));
  },
  "modules(self)": (machine, self) => {
    const found = [...walk(machine, self as PyInstance)].map(({ module }) => module);
    visitModules(machine, self as PyInstance, nameless(found));
    return iterator(found, whyOpen(machine, self as PyInstance));
  },
  "named_children(self)": (machine, self) => {
    const found = children(machine, self as PyInstance);
    visitModules(machine, self as PyInstance, found);
    return iterator(found.map(pair), whyOpen(machine, self as PyInstance, false));
  },
  "_each(self)": (machine, self) => {
    const module = self as PyInstance;
    const open = whyOpen(machine, module, false);
    if (open !== null) traceOf(machine).leaveOpen();
    const listed = entries(machine, module, "_modules").map(({ value }) => value);
    const all = [...listed, ...possible(machine, module, "_modules")];
    return iterator(
      all.filter((value) => !(value instanceof Unknown)),
      open,
    );
  },
  "children(self)": (machine, self) => {
    const found = children(machine, self as PyInstance).map(({ value }) => value);
    visitModules(machine, self as PyInstance, nameless(found));
    return iterator(found, whyOpen(machine, self as PyInstance, false));
  },
  "get_submodule(self, target)": (machine, self, target) =>
    typeof target === "string"
      ? submodule(machine, self as PyInstance, target)
      : machine.unknown("a submodule"),
  "_hooks_in(self, name)": (machine, self, name) => {
    // Not looked up as an attribute: that would make the dict, a change that differs between branches.
    const hooks = (self as PyInstance).attributes?.get(String(name));
    if (hooks === undefined) return new PyTuple([]);
    return hooks instanceof PyDict ? new PyTuple([...hooks.values()]) : machine.unknown("hooks of a module");
  },
  "_run_forward(self, *args, **options)": (machine, self, args, options) =>
    runForward(machine, self as PyInstance, args as PyTuple, options as PyDict),
  "__deepcopy__(self, memo)": (machine, self, memo) => deepCopy(machine, self as PyInstance, memo!),
};

function addModule(machine: Machine, self: Value, name: Value, module: Value): Value {
  if (typeof name !== "string") return registerUnnamed(machine, self as PyInstance, "_modules", module);
  if (module !== null && !(module instanceof Unknown) && !isModule(machine, module)) {
    machine.raise("TypeError", `${machine.typeOf(module).name} is not a Module subclass`);
  }
  if (name.includes(".") || name === "") machine.raise("KeyError", `a module cannot be called "${name}"`);
  register(machine, self as PyInstance, "_modules", name, module);
  return null;
}

/** A twin with twins of all it holds; it keeps the place where the original was made. */
function deepCopy(machine: Machine, module: PyInstance, memo: Value): Value {
  const known = memo instanceof PyDict ? memo.get(module.id) : undefined;
  if (known !== undefined) return known;
  const twin = new PyInstance(module.cls);
  twin.host = module.host;
  if (memo instanceof PyDict) {
    machine.touch(memo);
    memo.set(module.id, module.id, twin);
  }
  const deepcopy = machine.getAttribute(machine.importModule("copy"), "deepcopy");
  twin.attributes = new Map();
  for (const [name, value] of module.attributes ?? []) {
    twin.attributes.set(name, machine.call(deepcopy, [value, memo]));
  }
  return twin;
}

/** Makes the native base of `torch.nn.Module` for one evaluator. */
export function makeModuleClass(machine: Machine): PyClass {
  const cls = nativeClass<PyInstance>({
    name: "ModuleBase",
    isHidden: true,
    module: "torch.nn.modules.module",
    methods: METHODS as MethodTable<PyInstance>,
    allocate: (made) => {
      const module = new PyInstance(made);
      const state: ModuleState = { made: machine.callStack(), cls: made };
      module.host = state;
      remember(machine, module);
      return module;
    },
  });
  setModuleClass(machine, cls);
  return cls;
}

/** What the framework's constructor has drawn so far is the default of every parameter below the module. */
export function endOfDefault(machine: Machine, value: Value): null {
  if (!isModule(machine, value)) return null;
  for (const { value: tensor } of members(machine, value, "_parameters")) {
    if (tensor instanceof Tensor) endDefault(machine, tensor);
  }
  return null;
}
