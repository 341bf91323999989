/** What a program's loops and `apply` go through in a module, and whether that is all there is. */
import type { Machine } from "../../../python/machine.js";
import { isStub } from "../../../python/modules/stubs.js";
import { type PyInstance, type Span, Sym, Unknown, type Value } from "../../../python/values.js";
import { Tensor } from "../../tensors/tensor.js";
import { noteVisit, type Visited } from "../../visits.js";
import { isModule, isOpen, members, type Named, registry, walk } from "./traversal.js";

/** A call of `apply`, and the definition of the function it is given. */
interface Application {
  readonly call: Span;
  readonly applied: Span;
}

/** Something visited, and its name where the visitor is told it. */
interface Found {
  readonly name: string | null;
  readonly value: Value;
}

/** Something visited whose name the visitor is not told. */
export const nameless = (found: readonly Value[]): readonly Found[] =>
  found.map((value) => ({ name: null, value }));

/** Notes that the call being executed goes through these parameters below a module. */
export function visitParameters(machine: Machine, whole: PyInstance, found: readonly Named[]): void {
  note(machine, whole, null, () => found.map(({ name }) => ({ name, classes: [], hasWeights: true })));
}

/** The same of modules. */
export function visitModules(machine: Machine, whole: PyInstance, found: readonly Found[]): void {
  note(machine, whole, null, () => modulesAmong(machine, found));
}

/** Notes that a call of `apply` goes through a module and all below it. */
export function visitAll(machine: Machine, whole: PyInstance, application: Application): void {
  note(machine, whole, application, () =>
    modulesAmong(machine, nameless([...walk(machine, whole)].map(({ module }) => module))),
  );
}

/** The modules among them; `children()` leaves out those below, whose weights then count as those of the child. */
function modulesAmong(machine: Machine, found: readonly Found[]): Visited[] {
  const visited = new Set(found.map(({ value }) => value));
  const hasOwn = (module: PyInstance): boolean =>
    [...registry(machine, module, "_parameters").values()].some((one) => one !== null);
  return found.flatMap(({ name, value }) => {
    if (!isModule(machine, value)) return [];
    const below = [...walk(machine, value)].filter(({ module }) => !visited.has(module));
    return [
      {
        name,
        classes: value.cls.mro.map((cls) => cls.name),
        hasWeights: hasOwn(value) || below.some(({ module }) => hasOwn(module)),
      },
    ];
  });
}

/** What the stubs go through is no program's visit. */
function note(
  machine: Machine,
  whole: PyInstance,
  application: Application | null,
  items: () => readonly Visited[],
): void {
  const span = application?.call ?? machine.callStack()[0];
  if (span === undefined || isStub(span)) return;
  const modules = [...walk(machine, whole)].map(({ module }) => module);
  const isOpenSomewhere = modules.some((one) => isOpen(machine, one) || isHiding(machine, one));
  const given = modules.flatMap((one) => unknownAttributes(one).map(({ name }) => name));
  const count = () => members(machine, whole, "_parameters").length;
  const isEarly = !machine.inBranch && count() === 0;
  noteVisit(machine, {
    span,
    applied: application?.applied ?? null,
    items: items(),
    isOpen: isOpenSomewhere,
    given: [...new Set(given)],
    later: () => (isEarly ? count() || null : null),
  });
}

/** Whether a module may have parameters or submodules that its registries do not show. */
function isHiding(machine: Machine, module: PyInstance): boolean {
  const own = registry(machine, module, "_parameters");
  const holds = (value: Value): boolean => value instanceof Tensor || isModule(machine, value);
  return (
    module.cls.unknownBase !== null ||
    [own.uncertain, ...own.values()].some((one) => one instanceof Unknown) ||
    unknownAttributes(module).some(({ value }) => value.path === null || value.may.some(holds))
  );
}

const unknownAttributes = (module: PyInstance) =>
  [...(module.attributes ?? [])].flatMap(([name, value]) =>
    value instanceof Unknown && !(value instanceof Sym) ? [{ name, value }] : [],
  );
