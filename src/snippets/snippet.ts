import { callFor, drawCall, type SchemeCall } from "../init/initializerCalls.js";
import { isRefusal, type Refusal, refuse } from "../init/refusal.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import { recipeFor, SCHEMES, workOut } from "../init/schemes.js";
import type { Distribution, Framework, Shape } from "../types.js";
import { writeCaffe } from "./caffe.js";
import { writeFlax, writeJax } from "./jax.js";
import { writeKeras, writeTensorflow } from "./keras.js";
import { writeNumpy } from "./numpy.js";
import { PythonWriter } from "./python.js";
import { sameLaw } from "./sameLaw.js";
import { writeTorch } from "./torch.js";
import type { WriteInput, Written } from "./written.js";

/** Frameworks a snippet can be written in; Flax has two faces. */
export type Dialect = "numpy" | "torch" | "keras" | "jax" | "linen" | "nnx" | "tensorflow" | "caffe";

export const DIALECTS: readonly Dialect[] = [
  "numpy",
  "torch",
  "keras",
  "jax",
  "linen",
  "nnx",
  "tensorflow",
  "caffe",
];

/** What the code is for. Everything but scheme and dialect has a habit of the framework as its default. */
export interface SnippetRequest {
  readonly scheme: string;
  readonly dialect: Dialect;
  /**
   * Fans (the effective ones), shape in the framework's layout, gain, mode, slope, …
   * Where the framework would count other fans for that shape, the numbers are written out.
   */
  readonly options?: SchemeOptions;
  /** The weight to fill, or the variable to make: `self.conv1.weight`, `W`. */
  readonly target?: string;
  /** The constructor's argument where that is the habit: `bias_initializer`. */
  readonly argument?: string;
  readonly aliases?: ReadonlyMap<string, string>;
  readonly quote?: '"' | "'";
  /** One step of indentation. */
  readonly indentation?: string;
}

export interface Snippet extends Written {
  readonly dialect: Dialect;
  /** Import statements the file lacks. */
  readonly imports: readonly string[];
  /** What the code draws; unknown where the shape is. */
  readonly distribution: Distribution;
}

/** The code that makes a weight follow a scheme, or why the framework cannot. */
export function snippet(request: SnippetRequest): Snippet | Refusal {
  const { scheme, dialect, options: asked = {}, target, argument } = request;
  const framework = frameworkOf(dialect);
  const options: SchemeOptions = { ...asked, framework };
  const worked = workOut(scheme, options);
  if (isRefusal(worked)) return worked;
  const call = chooseCall(scheme, framework, options, worked.distribution);
  if (isRefusal(call)) return call;
  const writer = new PythonWriter({
    aliases: request.aliases ?? new Map(),
    quote: request.quote ?? '"',
    indentation: request.indentation ?? "    ",
  });
  const written = WRITERS[dialect](
    { scheme, call, options, shape: shapeOf(options), distribution: worked.distribution, target, argument },
    writer,
  );
  if (written === null) return refuse("ValueError", `${scheme} cannot be written in ${dialect}`);
  return { dialect, imports: writer.imports, ...written, distribution: worked.distribution };
}

/** The whole text: imports, statements, code. */
export function snippetText({ imports, setup, code }: Snippet): string {
  const head = imports.length === 0 ? [] : [...imports, ""];
  const body = setup.length === 0 ? [] : [...setup, "", ""];
  return [...head, ...body, code].join("\n");
}

const WRITERS: Readonly<Record<Dialect, (input: WriteInput, writer: PythonWriter) => Written | null>> = {
  numpy: writeNumpy,
  torch: writeTorch,
  keras: writeKeras,
  tensorflow: writeTensorflow,
  jax: writeJax,
  linen: (input, writer) => writeFlax(input, writer, "flax.linen"),
  nnx: (input, writer) => writeFlax(input, writer, "flax.nnx"),
  caffe: (input) => writeCaffe(input),
};

export function frameworkOf(dialect: Dialect): Framework {
  return dialect === "linen" || dialect === "nnx" ? "flax" : dialect;
}

/** The framework's own call, unless on the layer's shape it would draw something else than what is wanted. */
function chooseCall(
  id: string,
  framework: Framework,
  options: SchemeOptions,
  wanted: Distribution,
): SchemeCall | Refusal {
  const base = SCHEMES.get(id)!.recipe;
  const recipe = base ? recipeFor(id, base, options) : null;
  if (recipe && isRefusal(recipe)) return recipe;
  const call = callFor(id, framework, recipe, shapeOf(options), options);
  if (isRefusal(call) || !options.shape || !recipe || call.kind !== "call") return call;
  const drawn = drawCall(framework, call, options.shape);
  if (drawn && !isRefusal(drawn) && sameLaw(drawn, wanted)) return call;
  return { kind: "by_hand", recipe };
}

/** The shape asked for, or unknown sizes in two dimensions. */
function shapeOf({ shape, fanIn = null, fanOut = null, framework }: SchemeOptions): Shape {
  if (shape) return shape;
  return framework === "torch" || framework === "caffe" ? [fanOut, fanIn] : [fanIn, fanOut];
}
