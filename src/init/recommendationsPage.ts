import type { Distribution, Framework } from "../types.js";
import { defaultOf, MISBELIEFS } from "./defaults.js";
import { describe, formatNumber } from "./distributions.js";
import { activationGain } from "./gains.js";
import { describeFactor, recommend, varianceFactor } from "./recommend.js";
import { RECOMMENDATIONS, type RecommendationRow } from "./recommendations.js";
import type { Role } from "./roles.js";
import { SCHEMES } from "./schemes.js";

/** Frameworks whose layers have defaults worth comparing. */
const COMPARED: readonly Framework[] = ["torch", "keras", "flax", "caffe"];
const WIDTH = 256;
const TAPS = 9;
const CHANNELS = 256;

/** A representative weight of each role: its shape in each framework's layout, and its true fans. */
interface Example {
  readonly text: string;
  /** torch and Caffe. */
  readonly first: readonly number[];
  /** Keras. */
  readonly last: readonly number[];
  /** Flax, where it differs: grouped kernels have one input channel, transposed ones are not exchanged. */
  readonly flax?: readonly number[];
  readonly fanIn: number;
  readonly fanOut: number;
}

const SQUARE: Example = {
  text: `${WIDTH} → ${WIDTH}`,
  first: [WIDTH, WIDTH],
  last: [WIDTH, WIDTH],
  fanIn: WIDTH,
  fanOut: WIDTH,
};

/** Biases, scales and slopes have no fans to tell. */
const VECTOR: Example = { text: "", first: [WIDTH], last: [WIDTH], fanIn: WIDTH, fanOut: WIDTH };

const EXAMPLES: Partial<Readonly<Record<Role, Example>>> = {
  depthwise: {
    text: `3 × 3 on ${CHANNELS} channels`,
    first: [CHANNELS, 1, 3, 3],
    last: [3, 3, CHANNELS, 1],
    flax: [3, 3, 1, CHANNELS],
    fanIn: TAPS,
    fanOut: TAPS,
  },
  transposed_convolution: {
    text: "2 × 2 with stride 2, 64 → 32 channels",
    first: [64, 32, 2, 2],
    last: [2, 2, 32, 64],
    flax: [2, 2, 64, 32],
    fanIn: 64,
    fanOut: 128,
  },
  attention_projection: {
    text: `${WIDTH} features; torch packs the three`,
    first: [3 * WIDTH, WIDTH],
    last: [WIDTH, WIDTH],
    fanIn: WIDTH,
    fanOut: WIDTH,
  },
  embedding: lookup("1000 rows"),
  position_embedding: lookup("512 rows", 512),
  tied_embedding: lookup("1000 rows"),
  forget_bias: VECTOR,
  bias: VECTOR,
  norm_scale: VECTOR,
  residual_norm_scale: VECTOR,
  norm_bias: VECTOR,
  prelu_slope: VECTOR,
};

function lookup(text: string, rows = 1000): Example {
  const shape = [rows, WIDTH];
  return { text: `${text} of ${WIDTH} features`, first: shape, last: shape, fanIn: 1, fanOut: WIDTH };
}

/** docs/recommendations.md, made from the tables. */
export function recommendationsPage(): string {
  return [
    "# Recommendations",
    "",
    "Written by `npm run docs` from `src/init/recommendations.ts` and `src/init/defaults.ts`.",
    "",
    "A weight's recommendation depends on its role in the layer and on the activation that follows. Variance is",
    "`gain²/n`, where `n` counts the connections that really feed a unit (groups, depthwise kernels, the stride of",
    "a transposed convolution, each matrix of a packed one), and the gain is the exact one of the activation.",
    "",
    "The last column tells how far the framework's default is from the recommendation, as a factor on the variance",
    "of the layer's outputs, for the weight named there. A factor applies at every layer: 1/6 in each of ten layers",
    "leaves 1/60,000,000.",
    "",
    "| weight | followed by | recommended | why | default against recommended |",
    "| --- | --- | --- | --- | --- |",
    ...RECOMMENDATIONS.map(tableRow),
    "",
    "## Gains",
    "",
    "For z ~ N(0, 1): forward `1/√E f(z)²`, backward `1/√E f′(z)²`; integrated to 1e-9 where no closed form exists.",
    "",
    "| activation | forward | backward | mean |",
    "| --- | --- | --- | --- |",
    ...gainRows(),
    "",
    "## Not what is commonly believed",
    "",
    ...Object.values(MISBELIEFS).map((sentence) => `- ${sentence}`),
    "",
    "## Schemes",
    "",
    "| scheme | formula | paper |",
    "| --- | --- | --- |",
    ...[...SCHEMES].map(([id, { formula, paper }]) => `| \`${id}\` | ${escaped(formula)} | ${paper ?? ""} |`),
    "",
  ].join("\n");
}

function tableRow(row: RecommendationRow): string {
  const roles = row.roles.map((role) => role.replaceAll("_", " ")).join(", ");
  const after = row.activations?.join(", ") ?? "anything";
  const scheme = `\`${row.scheme}\`${detail(row)}`;
  return `| ${roles} | ${after} | ${scheme} | ${row.why} (${row.paper}) | ${factors(row)} |`;
}

/** What the row adds to the bare scheme. */
function detail(row: RecommendationRow): string {
  if (row.roles.includes("residual_output")) return " with gain 1/√(2 × depth)";
  if (row.roles.includes("tied_embedding")) return " with std 1/√features";
  const options = row.options?.({ activation: row.activations?.[0] ?? "" });
  if (options?.std !== undefined) return ` with std ${options.std}`;
  if (options?.value !== undefined) return ` ${options.value}`;
  return options?.gain !== undefined ? " with its exact gain" : "";
}

/** The factor in each framework that has a default for the row's first role, a role a line. */
function factors(row: RecommendationRow): string {
  return row.roles
    .map((role) => {
      const example = EXAMPLES[role] ?? SQUARE;
      const parts = COMPARED.flatMap((framework) => factorIn(framework, role, example, row));
      if (parts.length === 0) return "";
      return example.text === "" ? parts.join(", ") : `${example.text}: ${parts.join(", ")}`;
    })
    .filter((text, place, all) => text !== "" && all.indexOf(text) === place)
    .join("<br>");
}

function factorIn(framework: Framework, role: Role, example: Example, row: RecommendationRow): string[] {
  const shape = shapeIn(framework, example);
  const given = defaultOf(framework, role, { shape, hidden: WIDTH });
  const wanted = recommend({
    role,
    activation: row.activations?.[0] ?? null,
    framework,
    effectiveFanIn: example.fanIn,
    effectiveFanOut: example.fanOut,
    shape,
  });
  if (!given || !wanted) return [];
  return [`${framework} ${difference(given, wanted.distribution)}`];
}

function shapeIn(framework: Framework, { first, last, flax = last }: Example): readonly number[] {
  if (framework === "torch" || framework === "caffe") return first;
  return framework === "flax" ? flax : last;
}

/** Constants are compared by value, everything else by variance. */
function difference(given: Distribution, wanted: Distribution): string {
  if (wanted.kind === "constant") {
    if (given.kind !== "constant") return `${describe(given)} instead of ${wanted.value}`;
    return given.value === wanted.value ? "the same" : `${given.value} instead of ${wanted.value}`;
  }
  const factor = varianceFactor(given, wanted);
  return factor === null ? "unknown" : describeFactor(factor).replace(/ (of )?the variance$/, "");
}

function gainRows(): string[] {
  const names = new Set(RECOMMENDATIONS.flatMap(({ activations }) => activations ?? []));
  return [...names].flatMap((name) => {
    const gain = activationGain(name);
    if (!gain) return [];
    const [forward, backward, mean] = [gain.forward, gain.backward, gain.mean].map((value) =>
      formatNumber(Math.abs(value) < 1e-12 ? 0 : value, 6),
    );
    return [`| ${name} | ${forward} | ${backward} | ${mean} |`];
  });
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
