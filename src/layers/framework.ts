/** What a framework is to the rest: modules for the evaluator, and a reading of its live models. */
import type { HostHooks, HostModule } from "../python/host.js";
import type { Machine } from "../python/machine.js";
import type { Span, Value } from "../python/values.js";
import type { Dim, Distribution, Framework as FrameworkName, InitStep, Shape } from "../types.js";
import type { Use } from "./flow/uses.js";
import type { Noticed } from "./observations.js";

/** A parameter before its places in the source are turned into lines and columns. */
export interface FoundParameter {
  readonly name: string;
  /** Class of the layer that owns it, in the framework or the user's code. */
  readonly layer: string;
  readonly shape: Shape;
  readonly fanIn: Dim;
  readonly fanOut: Dim;
  readonly effectiveFanIn: Dim;
  readonly effectiveFanOut: Dim;
  /** Call expressions that made the layer (or the bare parameter), innermost first. */
  readonly made: readonly Span[];
  readonly default: Distribution;
  readonly current: Distribution;
  /** What was done to its memory, oldest first, and where. */
  readonly steps: readonly FoundStep[];
  /** See `Parameter`. */
  readonly byVersion?: string;
}

export interface FoundStep {
  /** `kaiming_normal_`, `mul` … */
  readonly op: string;
  /** Its arguments as far as they are known; null for one that is not. */
  readonly args: InitStep["args"];
  /** False where only a part was written: a slice, a row. */
  readonly whole: boolean;
  /** Of a vector's part: the first entry that was written, and the first behind it that was not. */
  readonly entries?: NonNullable<InitStep["entries"]>;
  /** The call expressions in which it happened, innermost first. */
  readonly calls: readonly Span[];
}

/** One layer, or one bare weight, as it was made. */
export interface FoundLayer {
  /** Full name of the class or function: `keras.layers.Dense`, `numpy.random.randn`. */
  readonly class: string;
  readonly framework: FrameworkName;
  /** What the framework calls it; empty where it has no name. */
  readonly name: string;
  /** Call expressions that made it, innermost first. */
  readonly made: readonly Span[];
  readonly weights: readonly FoundWeight[];
}

/** A weight as it was made. Working out the rest of it costs more, so that is left until somebody asks. */
export interface FoundWeight {
  readonly shape: Shape;
  /** Call expressions that made its layer (or the weight itself, where it is bare), innermost first. */
  readonly made: readonly Span[];
  /** What follows it where a model ran; empty or absent where none did. */
  readonly uses?: readonly Use[] | undefined;
  /** All that was done to its memory but loading a file, as text: weights of one place with different ones are drawn differently. */
  readonly history?: string;
  describe(): FoundParameter;
}

/** A weight that is known in full already. */
export const described = (parameter: FoundParameter): FoundWeight => ({
  shape: parameter.shape,
  made: parameter.made,
  describe: () => parameter,
});

/** For each object the call expressions that made it, innermost first. */
export type Places = readonly (readonly Span[])[];

export interface FoundParameters {
  readonly parameters: readonly FoundParameter[];
  /** Why something may be missing; empty where nothing is. */
  readonly missing: readonly string[];
}

/** Layers that saw no input, and the stub module whose `finish` applies them to one nobody knows. */
export interface Unfinished {
  readonly module: string;
  readonly layers: readonly Value[];
}

export interface Framework {
  readonly name: FrameworkName;
  readonly modules: readonly HostModule[];
  readonly hooks: HostHooks;
  /**
   * The stub module whose `begin_part` gives the names again that the parts before took; it is told whether it
   * was loaded when the document's module had run.
   */
  readonly namesGivenBy?: string;
  /** Every parameter below a value, in the framework's order; null where the value is no model of it. */
  parametersOf(machine: Machine, value: Value): FoundParameters | null;
  /** How many objects the evaluated code made so far. */
  countMade?(machine: Machine): number;
  /** Which of those objects, from the `from`-th on, are to be finished before they are read. */
  unfinished?(machine: Machine, from: number): Unfinished;
  /** Every layer, and every bare weight, among those objects from the `from`-th on. */
  layersMade?(machine: Machine, from: number): readonly FoundLayer[];
  /** Where those objects were made. */
  placesMade?(machine: Machine, from: number): Places;
  /** What the evaluated code does with weights that no single one of them shows, among those objects. */
  noticed?(machine: Machine, from: number): readonly Noticed[];
}
