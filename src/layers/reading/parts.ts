/** What evaluating a document, or another file that uses it, made there: taken part by part. */
import * as make from "../../init/make.js";
import { functionAt, type Outline } from "../../python/documents/outline.js";
import type { Note } from "../../python/engine.js";
import type { Evaluator } from "../../python/evaluator.js";
import { PyList, PyModule, type Span, type Value } from "../../python/values.js";
import {
  allNoticed,
  type Count,
  countMade,
  layersMade,
  NOTHING_MADE,
  namingModules,
  placesMade,
  unfinished,
} from "../frameworks.js";
import type { Noticed } from "../observations.js";
import { innermost } from "../spans.js";
import { UNINITIALISED } from "../tensors/distribution.js";
import { type FoundFlow, takeFlow } from "../torch/runs/flowReport.js";
import { ModelRuns, type Spent } from "../torch/runs/runs.js";
import { takeVisits, type Visit } from "../visits.js";
import { type BuildingCall, callOf } from "./buildingCalls.js";
import { type Build, type CallSite, callSites, placeKey } from "./callSites.js";
import { type DeclaredInput, declaredFor, type InputShapes } from "./exampleInputs.js";
import type { Outcome } from "./unreached.js";

/** For all layers of a round that saw no input: about a third of a second. */
const FINISHING = { steps: 1_000_000 };
/** Layers that layers make that were finished, and so on: no model hands on more often. */
const FINISHING_ROUNDS = 3;

/** What evaluating one part of a document gave. */
export interface Part extends Outcome {
  readonly sites: readonly CallSite[];
  /** The calls in the document at which layers and weights were made, with or without sizes. */
  readonly reached: readonly Span[];
  readonly noticed: readonly Noticed[];
  readonly flow: FoundFlow;
  /** What its loops over modules and parameters went through. */
  readonly visits: readonly Visit[];
  /** What its models' runs took. */
  readonly spent: Spent;
  /** Indices of the document's outer functions that it ran. */
  readonly ran: ReadonlySet<number>;
  /** How it ended where a budget was used up; else null. */
  readonly stop: Stop | null;
}

/** The end of a budget, and where in the document. */
export type Stop = Pick<Note, "message" | "span">;

/** The document in which the places are. */
export interface Placing {
  readonly file: string;
  readonly text: string;
  readonly outline: Outline;
  /** What comments say of inputs. */
  readonly declared: readonly DeclaredInput[];
  readonly inputs: InputShapes | null;
}

/** Several parts may notice the same. */
export const keyOf = ({ what, calls }: Noticed): string => JSON.stringify([what.kind, calls]);

/** Reads, part by part, what an evaluator's code made. */
export class Parts {
  #count: Count = NOTHING_MADE;
  readonly #runs: ModelRuns;
  /** The modules that may have given names before the first part began. */
  #namedByModule: ReadonlySet<string> | null = null;
  /** What was noticed in the parts before. */
  readonly #told = new Set<string>();

  constructor(
    private readonly evaluator: Evaluator,
    private readonly document: Placing,
  ) {
    const { declared, inputs, file } = document;
    this.#runs = new ModelRuns(evaluator, {
      isOwn: (span) => span.file === file,
      declared: (model, made) => declaredFor(declared, model.cls.name, made, file) ?? inputs,
    });
  }

  /** Another part begins: as in a program of its own, where its layers have the names that it looks them up by. */
  begin(): void {
    const { evaluator } = this;
    const loaded = namingModules(evaluator.machine);
    this.#namedByModule ??= new Set(loaded);
    for (const name of loaded) {
      const module = evaluator.import(name).value;
      const begin = module instanceof PyModule ? evaluator.lookUp(module, "begin_part") : undefined;
      if (begin !== undefined) evaluator.call(begin, [this.#namedByModule.has(name)]);
    }
  }

  /**
   * What was made since it was last asked: how many operations that took, and what stopped it. `assumed` is
   * the call of a definition that the program itself does not call; with `opensDefaults` layers are finished
   * with defaults open as well, see closedBranches.ts.
   */
  take(steps: number, stop: Stop | null, assumed: BuildingCall | null = null, opensDefaults = false): Part {
    const { evaluator, document } = this;
    const { machine, isBrokenOff } = evaluator;
    const { file } = document;
    const spent = this.#runs.run();
    this.finish(opensDefaults);
    const places = new Map<string, Span>();
    for (const made of placesMade(machine, this.#count)) {
      const span = innermost(made, file);
      if (span !== undefined) places.set(placeKey(span), span);
    }
    const reached = [...places.values()];
    const call = (made: readonly Span[]) => callOf(made, document, assumed);
    const made = callSites(layersMade(machine, this.#count), file, call);
    const sites = isBrokenOff ? made.map(brokenOff) : made;
    for (const { span, builds } of sites) if (builds.every(isOpen)) places.delete(placeKey(span));
    // Where nothing older was changed, older objects show what they showed.
    const noticed = this.newlyNoticed(
      evaluator.footprint.isSelfContained ? this.#count : NOTHING_MADE,
    ).filter(({ what }) => what.kind !== "raises" || assumed?.lacksArguments !== true);
    this.#count = countMade(machine);
    const own = evaluator.footprint.ran.filter(({ unit }) => unit.source.file === file);
    const ran = new Set(own.map(({ node }) => functionAt(document.outline, node.start)));
    this.#runs.forget();
    return {
      places: [...places.values()],
      steps,
      spent,
      ran,
      stop,
      sites,
      reached,
      noticed,
      flow: takeFlow(machine),
      visits: takeVisits(machine),
    };
  }

  /**
   * A budget of its own: what was made before another one ended is told as well. Finishing a layer may make
   * others that are only handed on, to code nobody knows; they come next.
   */
  private finish(opensDefaults: boolean): void {
    const tried = new Set<Value>();
    for (let round = 0; round < FINISHING_ROUNDS; round++) {
      const open = unfinished(this.evaluator.machine, this.#count).map(({ module, layers }) => ({
        module,
        layers: layers.filter((layer) => !tried.has(layer)),
      }));
      if (open.every(({ layers }) => layers.length === 0)) return;
      for (const { module, layers } of open) {
        for (const layer of layers) tried.add(layer);
        if (layers.length > 0) this.finishAll(module, layers, opensDefaults);
      }
    }
  }

  private finishAll(module: string, layers: readonly Value[], opensDefaults: boolean): void {
    const { evaluator } = this;
    const { value } = evaluator.import(module);
    const finish = value instanceof PyModule ? evaluator.lookUp(value, "finish") : undefined;
    if (finish !== undefined) {
      const keywords = new Map([["opens_defaults", opensDefaults]]);
      evaluator.call(finish, [new PyList([...layers])], keywords, FINISHING);
    }
  }

  /** Counts a part that is known; false where it would be another now, because what came before took more. */
  repeat({ spent }: Part): boolean {
    return this.#runs.repeat(spent);
  }

  private newlyNoticed(from: Count): Noticed[] {
    const { evaluator } = this;
    const all = evaluator.look(() => allNoticed(evaluator.machine, from)) ?? [];
    return all.filter((one) => {
      const key = keyOf(one);
      if (this.#told.has(key)) return false;
      this.#told.add(key);
      return true;
    });
  }
}

/** A site of code that did not come to its end: what it had not filled it may have filled later. */
function brokenOff(site: CallSite): CallSite {
  const current = make.unknown("its program was not followed to the end");
  const builds = site.builds.map((build) => ({
    ...build,
    parameters: build.parameters.map((one) =>
      one.current.source?.includes(UNINITIALISED) ? { ...one, current } : one,
    ),
  }));
  return { ...site, builds };
}

/** Whether a size has neither number nor symbol, so that the layer's own definition may say more. */
const isOpen = ({ parameters }: Build): boolean => parameters.some(({ shape }) => shape.includes(null));
