import { lasting } from "../../sameness.js";
import { siteKey } from "../../sites.js";
import type { Analysis, Finding, InitStep, Layer, Severity, Shape, Site } from "../../types.js";
import { type Role, roleOf } from "../roles.js";

/** One parameter of a layer, as the analysis reports it. */
export type LayerParameter = Layer["parameters"][number];

/** A finding before the rule's code and severity are put on it. */
export type Remark = Pick<Finding, "message" | "site" | "about"> & { readonly fix?: Finding["fix"] };

/** What rules look at. */
export interface Judged extends Analysis {
  /** Of each layer the same with every other set of shapes that its place builds, the most frequent first. */
  readonly variants?: ReadonlyMap<Layer, readonly Layer[]>;
}

/** One row of the table of rules. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** Two or three sentences for the rule's page: what happens, and what to write instead. */
  readonly why: string;
  /** Python that is found, and Python that is not. */
  readonly found: string;
  readonly fine: string;
  /** Real bugs of this kind, as `owner/repository#number` or `@commit`, with what went wrong; empty where none is recorded. */
  readonly history: readonly { readonly issue: string; readonly what: string }[];
  find(analysis: Judged): readonly Remark[];
}

/** A rule that looks at one layer at a time. */
export function eachLayer(find: (layer: Layer) => readonly Remark[]): Rule["find"] {
  const remarks = lasting(find);
  return ({ layers, variants }) => layers.flatMap((layer) => ofSomeShapes(layer, variants, remarks));
}

/** What is said of a layer; where that is nothing, what is said first of it with other shapes. */
function ofSomeShapes<T extends { readonly message: string }>(
  layer: Layer,
  variants: Judged["variants"],
  find: (layer: Layer) => readonly T[],
): readonly T[] {
  const own = find(layer);
  if (own.length > 0) return own;
  for (const other of variants?.get(layer) ?? []) {
    const shape = other.parameters.find(isWeight)?.shape;
    const found = shape === undefined ? [] : find(other);
    if (found.length > 0) return found.map((one) => ({ ...one, message: `${one.message} ${isOf(shape!)}` }));
  }
  return [];
}

const isOf = (shape: Shape): string => `That is its weight of shape [${shape.join(", ")}].`;

/** A rule that looks at one parameter at a time; its remarks stand at the layer's call. */
export function eachParameter(
  find: (parameter: LayerParameter, layer: Layer) => string | null,
): Rule["find"] {
  return eachLayer((layer) =>
    layer.parameters.flatMap((parameter) => {
      const message = find(parameter, layer);
      return message === null ? [] : [{ message, site: layer.site }];
    }),
  );
}

/**
 * A rule about a law that was set: its remarks stand at the calls that set it, once for all the weights
 * that one call draws; at the layer where no call of this document did.
 */
export function eachDraw(find: (parameter: LayerParameter, layer: Layer) => string | null): Rule["find"] {
  const messages = lasting((layer: Layer) =>
    layer.parameters.flatMap((parameter) => {
      const message = find(parameter, layer);
      return message === null ? [] : [{ parameter, message }];
    }),
  );
  return ({ file, layers, variants }) => {
    const remarks = new Map<string, Remark & { readonly about: Site[] }>();
    for (const layer of layers) {
      for (const { parameter, message } of ofSomeShapes(layer, variants, messages)) {
        const site = drawnAt(parameter, file) ?? layer.site;
        const key = siteKey(site);
        const known = remarks.get(key);
        if (known === undefined) remarks.set(key, { message, site, about: [layer.site] });
        else if (!known.about.includes(layer.site)) known.about.push(layer.site);
      }
    }
    return [...remarks.values()].map(({ message, site, about }) => ({
      site,
      about,
      message: about.length === 1 ? message : `${message} So are those of ${counted(about.length - 1)}.`,
    }));
  };
}

const counted = (others: number): string => (others === 1 ? "another layer" : `${others} other layers`);

/** The last call in the document that wrote the whole weight, if the program did. */
export function drawnAt(parameter: LayerParameter, file: string): Site | null {
  const site = lastDraw(parameter)?.site ?? null;
  return site?.file === file ? site : null;
}

/** The last step that wrote the whole weight; undefined where the program left it as the framework drew it. */
export const lastDraw = ({ steps }: LayerParameter): InitStep | undefined =>
  steps.filter(({ whole }) => whole).at(-1);

/** `sqrt(2 / n)` as a std, with `n` the outputs that the shape tells. */
export const isComputedFromOutputs = ({ current, fanOut }: LayerParameter): boolean =>
  current.kind === "normal" &&
  current.mean === 0 &&
  typeof fanOut === "number" &&
  Math.abs(current.std ** 2 * fanOut - 2) < 1e-6;

/** What a parameter is to its layer, by the names of both; null where they do not tell. */
export const roleIn = ({ name }: LayerParameter, { class: cls }: Layer): Role | null =>
  roleOf({ layer: cls.split(".").at(-1)!, parameter: name });

/** A function that draws, or a tensor that is no parameter: an array of the program's own. */
const ARRAY = /(^|\.)([a-z_]\w*|Tensor)$/;
/** A parameter without a layer. */
const BARE = /(^|\.)(Parameter|(TF)?Variable)$/;

/** Whether it is an array that the program draws itself, whatever for. */
export const isArray = ({ class: name }: Layer): boolean => ARRAY.test(name);

/** Whether it is a parameter that the program makes itself, whatever for. */
export const isBare = ({ class: name }: Layer): boolean => BARE.test(name);

/** Whether it is a variable of TensorFlow's, which programs without layers use as arrays. */
export const isVariable = (layer: Layer): boolean => layer.framework === "tensorflow" && isBare(layer);

/** A weight in the program's words: `fc1.weight`; an array's own name. */
export function weightName({ name }: LayerParameter, layer: Layer): string {
  // Some frameworks' names of weights begin with their layer's.
  if (layer.name === "" || name.startsWith(`${layer.name}.`)) return name;
  return isArray(layer) || isBare(layer) ? layer.name : `${layer.name}.${name}`;
}

/** Whether the program itself said how to draw it, rather than leaving the framework's default. */
export function isSet({ default: given, current }: LayerParameter, layer: Layer): boolean {
  // No framework has a default for what stands in no layer.
  return (
    isArray(layer) ||
    isBare(layer) ||
    (given !== current && JSON.stringify(given) !== JSON.stringify(current))
  );
}

/** A matrix or a kernel: it has fans, and several units that must differ. */
export function isWeight({ shape }: LayerParameter): boolean {
  return shape.length >= 2 && shape.filter((dim) => dim !== 1).length >= 2;
}

/** One remark a place, the first: two ways of seeing one mistake are one finding. */
export function mergedByPlace(remarks: readonly Remark[]): readonly Remark[] {
  return [...new Map([...remarks].reverse().map((one) => [siteKey(one.site), one])).values()].reverse();
}

/** Caffe's filler is a constant where the net says none: weights without one mostly come from a trained model. */
export const isGivenLater = (parameter: LayerParameter, layer: Layer): boolean =>
  layer.framework === "caffe" && !isSet(parameter, layer);
