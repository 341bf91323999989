/** A live module → its parameters as the framework itself would name them, with fans and distributions. */
import { CHECKPOINT } from "../../../init/describe.js";
import { LOADED } from "../../../init/loaded.js";
import * as make from "../../../init/make.js";
import type { Machine } from "../../../python/machine.js";
import { isStub } from "../../../python/modules/stubs.js";
import {
  type PyClass,
  PyDict,
  PyInstance,
  PyList,
  type PyObject,
  PyTuple,
  type Span,
  Sym,
  Unknown,
  type Value,
} from "../../../python/values.js";
import type { Dim, Distribution, Shape } from "../../../types.js";
import { type Use, usesOf } from "../../flow/uses.js";
import type { FoundParameter, FoundParameters, FoundStep, FoundWeight } from "../../framework.js";
import { dimOf, distributionOf, shapeDims, UNINITIALISED } from "../../tensors/distribution.js";
import { fillValue, isCopy, isUnknown, type Step, type Storage, Tensor } from "../../tensors/tensor.js";
import { stateOf } from "../module/moduleState.js";
import { entries, isModule } from "../module/traversal.js";
import { pointwise } from "../runs/traced.js";
import { isParameter, worldOf } from "../world.js";
import { torchParameterFans } from "./effective.js";

/** Every parameter below a value: of a module, of a class nobody knows the base of, or of a list of them. */
export function parametersOf(machine: Machine, root: Value): FoundParameters | null {
  if (!isModule(machine, root) && !isPartlyKnown(root)) return null;
  const search = new Search(machine);
  search.visit(root, "");
  return { parameters: search.found.map((one) => one.describe()), missing: [...search.missing] };
}

/** A weight and what its module calls it. */
export interface NamedWeight extends FoundWeight {
  readonly name: string;
  /** The memory its values are drawn into. */
  readonly storage: Storage;
  describe(): FoundParameter;
}

/** The weights of a module and of all below it. */
export function weightsBelow(machine: Machine, module: PyInstance): readonly NamedWeight[] {
  const search = new Search(machine);
  search.visit(module, "");
  return search.found;
}

/** The weights registered on a module itself. */
export function ownWeights(machine: Machine, module: PyInstance): NamedWeight[] {
  return entries(machine, module, "_parameters").flatMap(({ name, value }) =>
    isParameter(machine, value) ? [new TorchWeight(machine, value, module, name, name)] : [],
  );
}

/** An instance of a class whose base nobody knows: it may be a module of a framework that is not there. */
const isPartlyKnown = (value: Value): value is PyInstance =>
  value instanceof PyInstance && value.cls.unknownBase !== null;

class Search {
  readonly found: TorchWeight[] = [];
  readonly missing = new Set<string>();
  readonly #tensors = new Set<Value>();
  readonly #modules = new Set<Value>();

  constructor(private readonly machine: Machine) {}

  visit(module: PyInstance, path: string): void {
    if (this.#modules.has(module)) return;
    this.#modules.add(module);
    const base = module.cls.unknownBase;
    if (base !== null) this.missing.add(`${module.cls.name}: ${base.reason}`);
    if (!isModule(this.machine, module)) {
      this.visitAttributes(module, path);
      return;
    }
    for (const kind of ["_parameters", "_modules"] as const) this.checkKeys(module, kind, path);
    for (const { name, value } of entries(this.machine, module, "_parameters"))
      this.parameter(module, path, name, value);
    for (const { name, value } of entries(this.machine, module, "_modules"))
      this.child(join(path, name), value);
    this.checkAttributes(module, path);
  }

  /** Without torch's registries: the attributes that are parameters or modules. */
  private visitAttributes(module: PyInstance, path: string): void {
    const attributes = [...(module.attributes ?? [])];
    for (const [name, value] of attributes) {
      if (value instanceof Tensor) this.parameter(module, path, name, value);
    }
    for (const [name, value] of attributes) {
      if (isModule(this.machine, value) || isPartlyKnown(value)) this.child(join(path, name), value);
    }
    this.checkAttributes(module, path);
  }

  private child(path: string, value: Value): void {
    if (isModule(this.machine, value) || (value !== null && isPartlyKnown(value))) this.visit(value, path);
    else if (value !== null) this.missing.add(`${path} is not known`);
  }

  private checkKeys(module: PyInstance, kind: "_parameters" | "_modules", path: string): void {
    const dict = module.attributes?.get(kind);
    if (dict instanceof PyDict && dict.uncertain) this.missing.add(`${path}: ${dict.uncertain.reason}`);
    if (dict instanceof Unknown) this.missing.add(`${path}: ${dict.reason}`);
  }

  /** An attribute that nobody knows may be a module: then something may be missing. */
  private checkAttributes(module: PyInstance, path: string): void {
    for (const [name, value] of module.attributes ?? []) {
      if (!(value instanceof Unknown) || value instanceof Sym) continue;
      if (value.path === null || value.may.some((one) => this.holdsParameters(one))) {
        this.missing.add(`${join(path, name)} is not known: ${value.reason}`);
      }
    }
  }

  private holdsParameters(value: Value): boolean {
    return value instanceof Tensor
      ? value.cls.isSubclassOf(worldOf(this.machine).Parameter)
      : isModule(this.machine, value);
  }

  private parameter(owner: PyInstance, path: string, name: string, value: Value): void {
    if (value === null || this.#tensors.has(value)) return;
    this.#tensors.add(value);
    if (!(value instanceof Tensor) || !value.cls.isSubclassOf(worldOf(this.machine).Parameter)) {
      if (value instanceof Unknown) this.missing.add(`${join(path, name)} is not known`);
      return;
    }
    this.found.push(new TorchWeight(this.machine, value, owner, join(path, name), name));
  }
}

/** A lazy layer's parameter is a stand-in until the first input: not even its number of axes is known. */
const shapeOf = ({ cls, attributes, shape }: Tensor): Shape =>
  cls.name === "UninitializedParameter" && attributes?.get("_lazy") !== false ? [null] : shapeDims(shape);

class TorchWeight implements NamedWeight {
  constructor(
    private readonly machine: Machine,
    private readonly tensor: Tensor,
    private readonly owner: PyInstance,
    readonly name: string,
    /** Its name in the module that owns it. */
    private readonly local: string,
  ) {}

  get shape(): Shape {
    return shapeOf(this.tensor);
  }
  get storage(): Storage {
    return this.tensor.storage;
  }
  get made(): readonly Span[] {
    const { cls } = this.owner;
    const { made } = this.tensor;
    const isOwn = isUsers(cls) && (frameworkClass(cls) === null || (made[0] && !isStub(made[0])));
    return isOwn ? made : (stateOf(this.owner)?.made ?? made);
  }
  get uses(): readonly Use[] | undefined {
    return usesOf(this.machine, pointwise).get(this.tensor.storage);
  }
  get history(): string {
    return historyText(this.tensor.storage.history);
  }
  describe(): FoundParameter {
    return describe(this.tensor, this.owner, this.name, this.local, this.made);
  }
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

function describe(
  tensor: Tensor,
  owner: PyInstance,
  name: string,
  local: string,
  made: readonly Span[],
): FoundParameter {
  const { storage } = tensor;
  const shape = shapeOf(tensor);
  const layer = frameworkClass(owner.cls);
  const drawn = distributionOf(storage.history, storage.size, fillValue(tensor));
  const current = isLeftToLoad(tensor, drawn) ? make.unknown(CHECKPOINT) : drawn;
  const atDefault = storage.defaultEnd === storage.history;
  const original = storage.defaultEnd ?? storage.history;
  return {
    name,
    layer: owner.cls.name,
    shape,
    ...torchParameterFans(shape, layer?.name ?? null, local, (attribute) => attributeOf(owner, attribute)),
    made,
    default: atDefault ? current : distributionOf(original, storage.size, null),
    current,
    steps: stepsOf(storage.history, storage.defaultEnd),
  };
}

/** Memory that nothing fills and nothing trains: a frozen weight, which the program has from a file. */
const isLeftToLoad = ({ requiresGrad }: Tensor, { kind, source }: Distribution): boolean =>
  kind === "unknown" && source === UNINITIALISED && !requiresGrad;

/** Whether a class is written in the program, and not in torch. */
export const isUsers = ({ module }: PyClass): boolean => !module.startsWith("torch.");

/** The class of torch itself that a layer is or inherits from; null for a module of the user's own. */
export function frameworkClass(cls: PyClass): PyClass | null {
  const found = cls.mro.find((one) => one.module.startsWith("torch.nn."));
  return found === undefined || found.name === "Module" || found.name === "ModuleBase" ? null : found;
}

/** An int, or ints, kept as an attribute. */
function attributeOf(owner: PyObject, name: string): Dim | readonly Dim[] {
  const value = owner.attributes?.get(name);
  if (value instanceof PyTuple || value instanceof PyList) return value.items.map(dimension);
  return value === undefined ? null : dimension(value);
}

function dimension(value: Value): Dim {
  return typeof value === "number" || value instanceof Unknown ? dimOf(value) : null;
}

const texts = new WeakMap<Step, string>();

/** Every step that changes the law, with its arguments; layers made alike have equal ones. */
function historyText(last: Step | null): string {
  if (last === null) return "";
  let text = texts.get(last);
  if (text === undefined) {
    const { op, part, args } = last;
    if (op === LOADED || isCopy(last)) return historyText(last.previous);
    const values = [...args].map(([name, value]) => `${name}=${isUnknown(value) ? dimOf(value) : value}`);
    text = `${historyText(last.previous)};${op}(${values})${part === null ? "" : JSON.stringify(part)}`;
    texts.set(last, text);
  }
  return text;
}

/** What happened to the memory after the framework's own constructor, oldest first. */
function stepsOf(history: Step | null, defaultEnd: Step | null): FoundStep[] {
  const steps: FoundStep[] = [];
  for (let step = history; step !== null && step !== defaultEnd; step = step.previous) {
    const { op, part, calls } = step;
    steps.push({ op, args: knownArguments(step), whole: part === null, ...entriesOf(step), calls });
  }
  return steps.reverse();
}

/** Which entries of a vector a step wrote, where it wrote some that follow each other. */
function entriesOf({ part, shape }: Step): Pick<FoundStep, "entries"> {
  if (part === null || part === "some" || part.strides.length !== 1 || part.strides[0] !== 1) return {};
  const [size] = shape;
  return typeof size === "number" ? { entries: [part.offset, part.offset + size] } : {};
}

function knownArguments({ args }: Step): FoundStep["args"] {
  return Object.fromEntries([...args].map(([name, value]) => [name, isUnknown(value) ? null : value]));
}
