/** What a module of torch remembers of its making. */
import type { PyClass, PyInstance, Span } from "../../../python/values.js";

export interface ModuleState {
  /** Call expressions that made it, innermost first. */
  readonly made: readonly Span[];
  /** As what it was made: a lazy layer becomes another class. */
  readonly cls: PyClass;
  /** It keeps weights of another layer, which was made there: a parametrization. */
  readonly isPart?: true;
}

/** Undefined for an object that is no module of torch. */
export const stateOf = (module: PyInstance): ModuleState | undefined =>
  module.host as ModuleState | undefined;

/** The calls that made a module, innermost first; none for an object that is no module of torch. */
export const madeBy = (module: PyInstance): readonly Span[] => stateOf(module)?.made ?? [];

/** From here on a module counts as a part of a layer, with what it keeps. */
export function becomePart(module: PyInstance, layer: PyInstance): void {
  const [own, state] = [stateOf(module), stateOf(layer)];
  if (own !== undefined && state !== undefined) module.host = { ...own, made: state.made, isPart: true };
}
