/** A live module → its parameters as the framework itself would name them, with fans and distributions. */
import type { Machine } from "../../python/machine.js";
import {
  type PyClass,
  PyDict,
  PyInstance,
  PyList,
  type PyObject,
  PyTuple,
  Sym,
  Unknown,
  type Value,
} from "../../python/values.js";
import type { Dim } from "../../types.js";
import { dimOf, distributionOf, shapeDims } from "../distribution.js";
import type { Use } from "../flow/uses.js";
import type { FoundParameter, FoundParameters } from "../framework.js";
import { fillValue, type Step, type Storage, Tensor } from "../tensor.js";
import { torchParameterFans } from "./effective.js";
import { entries, isModule, type ModuleState } from "./module.js";
import { worldOf } from "./world.js";

/** Every parameter below a value: of a module, of a class nobody knows the base of, or of a list of them. */
export function parametersOf(
  machine: Machine,
  root: Value,
  uses: ReadonlyMap<Storage, readonly Use[]> = new Map(),
): FoundParameters | null {
  if (!isModule(machine, root) && !isPartlyKnown(root)) return null;
  const search = new Search(machine, uses);
  search.visit(root, "");
  return { parameters: search.found, missing: [...search.missing] };
}

/** An instance of a class whose base nobody knows: it may be a module of a framework that is not there. */
const isPartlyKnown = (value: Value): value is PyInstance =>
  value instanceof PyInstance && value.cls.unknownBase !== null;

class Search {
  readonly found: FoundParameter[] = [];
  readonly missing = new Set<string>();
  readonly #tensors = new Set<Value>();
  readonly #modules = new Set<Value>();

  constructor(
    private readonly machine: Machine,
    private readonly uses: ReadonlyMap<Storage, readonly Use[]>,
  ) {}

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
    const uses = this.uses.get(value.storage);
    const described = describe(value, owner, join(path, name), name);
    this.found.push(uses === undefined ? described : { ...described, uses });
  }
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

function describe(tensor: Tensor, owner: PyInstance, name: string, local: string): FoundParameter {
  const { storage } = tensor;
  const shape = shapeDims(tensor.shape);
  const layer = frameworkClass(owner.cls);
  const current = distributionOf(storage.history, storage.size, fillValue(tensor));
  const atDefault = storage.defaultEnd === storage.history;
  const original = storage.defaultEnd ?? storage.history;
  return {
    name,
    layer: owner.cls.name,
    shape,
    ...torchParameterFans(shape, layer?.name ?? null, local, (attribute) => attributeOf(owner, attribute)),
    made: layer === null ? tensor.made : ((owner.host as ModuleState | undefined)?.made ?? tensor.made),
    default: atDefault ? current : distributionOf(original, storage.size, null),
    current,
    steps: stepsOf(storage.history),
  };
}

/** The class of torch itself that a layer is or inherits from; null for a module of the user's own. */
function frameworkClass(cls: PyClass): PyClass | null {
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

function stepsOf(history: Step | null): Step[] {
  const steps: Step[] = [];
  for (let step = history; step !== null; step = step.previous) steps.push(step);
  return steps.reverse();
}
