/** The import statements. */
import type { Engine } from "../engine.js";
import { ifAbsent, PyModule, Unknown, type Value } from "../values.js";
import { absoluteModule } from "./finder.js";
import { moduleName } from "./globals.js";

export interface From {
  readonly module: string | null;
  /** Dots in front. */
  readonly level: number;
  /** In a `try` with handlers: what is not found raises, so that the handler decides. */
  readonly guards: boolean;
}

/** `import a.b.c`, which binds `a`; with `as` the module itself. */
export function importName(
  machine: Engine,
  globals: PyModule,
  name: string,
  isWhole: boolean,
  guards: boolean,
): Value {
  const module = machine.modules.load(name);
  const member = isWhole && !(module instanceof PyModule) ? memberCalled(machine, name) : undefined;
  if (member !== undefined) return member;
  if (module === undefined) return notFound(machine, name, guards);
  if (isWhole) return module;
  const top = machine.modules.load(name.split(".")[0]!);
  return top ?? ifAbsent(moduleName(machine, globals, name), () => module);
}

/** What a package has under the name of a module of its own, which nobody modelled. */
function memberCalled(machine: Engine, name: string): Value | undefined {
  const dot = name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : machine.modules.load(name.slice(0, dot));
  return parent instanceof PyModule ? moduleName(machine, parent, name.slice(dot + 1)) : undefined;
}

function notFound(machine: Engine, name: string, guards: boolean): Value {
  if (guards) machine.raise("ModuleNotFoundError", `No module named '${name}'`);
  const unknown = machine.unknown(`the module ${name} was not found`);
  unknown.path = name;
  return unknown;
}

export function importFrom(machine: Engine, globals: PyModule, from: From, name: string): Value {
  const base = absoluteName(globals, from);
  // `from . import x` in a script that lies in a package: what is beside it.
  const beside = base === "" ? machine.modules.load(name) : undefined;
  if (beside !== undefined) return beside;
  const module = base === "" ? undefined : machine.modules.loadContaining(base, name);
  if (module === undefined) {
    // Beside a program that is in no package.
    const beside = base === "" ? machine.modules.load(name) : undefined;
    if (beside !== undefined) return beside;
    const value = notFound(machine, base, from.guards) as Unknown;
    value.path = `${base}.${name}`;
    return value;
  }
  if (module instanceof Unknown) {
    const value = machine.unknown(module.reason);
    value.path = `${base}.${name}`;
    return value;
  }
  return ifAbsent(memberOf(machine, module, name), () => noSuchName(machine, base, name, from.guards));
}

function memberOf(machine: Engine, module: PyModule, name: string): Value | undefined {
  const own = moduleName(machine, module, name);
  if (own !== undefined) return own;
  const inner = machine.modules.submodule(module, name);
  if (inner !== undefined) return inner;
  return machine.findAttribute(module, name);
}

function noSuchName(machine: Engine, module: string, name: string, guards: boolean): Value {
  if (guards) machine.raise("ImportError", `cannot import name '${name}' from '${module}'`);
  return machine.unknown(`${module} has no ${name}`);
}

/** `from . import x` and the like, as a dotted name. */
function absoluteName(globals: PyModule, { module, level }: From): string {
  const own = globals.attributes.get("__package__");
  return absoluteModule(typeof own === "string" ? own : "", level, module ?? "");
}

export function importStar(machine: Engine, globals: PyModule, from: From): void {
  const name = absoluteName(globals, from);
  if (from.guards && machine.modules.load(name) === undefined) notFound(machine, name, true);
  machine.modules.names.addStar(globals, name);
}
