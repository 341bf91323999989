import { isRefusal } from "../init/refusal.js";
import { scheme } from "../init/schemes.js";
import type { SampleMethod, SampleRequest, SampleResult } from "../sample/request.js";
import { sampleSteps } from "../sample/sample.js";
import type { Distribution } from "../types.js";
import { readAmount } from "./amount.js";
import { defineCommand, print } from "./command.js";
import { readNumber, readScheme, readSchemeOptions, readShape, SCHEME_OPTIONS } from "./options.js";
import { ProgressBar } from "./progress.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens sample (--scheme ID … | --distribution JSON) (--shape 64,32 | --count 38.6M) [--seed S]
                        [--bins B] [--method draws|multinomial] [--values] [--json]
Draws the values of a weight: their histogram, moments, and distance to the exact distribution.
--scheme takes the options of the command scheme: --framework, --fan-in, --fan-out, --activation, --gain, --mode …
--distribution is such as {"kind":"normal","mean":0,"std":0.05}
--seed is any text; the same seed gives the same values everywhere. Default 0.
--method draws draws every value; multinomial draws the histogram itself, in a moment whatever the size.
--values also prints the values, in row-major order.
`;

/** Exit status after Ctrl-C, as shells count it. */
const INTERRUPTED = 130;
/** Longest time between looks at whether Ctrl-C was pressed. */
const SLICE_MS = 20;

export const sampleCommand = defineCommand({
  summary: "draws the values of a weight: histogram, moments, distance to the exact distribution",
  help: HELP,
  options: {
    ...SCHEME_OPTIONS,
    scheme: { type: "string" },
    distribution: { type: "string" },
    count: { type: "string" },
    seed: { type: "string" },
    bins: { type: "string" },
    method: { type: "string" },
    values: { type: "boolean" },
  },
  async run(options, positionals) {
    if (positionals.length > 0)
      throw new UsageError(`sample takes options only, not ${positionals.join(" ")}`);
    const { scheme: id, distribution, shape, count, seed, bins, method } = options;
    if ((id === undefined) === (distribution === undefined)) {
      throw new UsageError("sample takes either --scheme ID or --distribution JSON");
    }
    if ((shape === undefined) === (count === undefined)) {
      throw new UsageError("sample takes either --shape, such as 64,32, or --count, such as 38.6M");
    }
    const result = await draw({
      distribution: id === undefined ? readDistribution(distribution!) : schemeDistribution(id, options),
      shape: readShape("--shape", shape) ?? [readAmount("--count", count!)],
      ...(seed !== undefined && { seed }),
      ...(bins !== undefined && { bins: readNumber("--bins", bins)! }),
      // An unknown method is refused where requests are checked.
      ...(method !== undefined && { method: method as SampleMethod }),
      ...(options.values && { values: "all" as const }),
    });
    if (result === null) return INTERRUPTED;
    return print(options.json ? `${toJson(result)}\n` : toText(result));
  },
});

function schemeDistribution(
  id: string,
  values: Parameters<typeof readSchemeOptions>[0],
): SampleRequest["distribution"] {
  const options = readSchemeOptions(values);
  const result = scheme(readScheme(id), options);
  if (isRefusal(result)) throw new UsageError(`${result.error}: ${result.message}`);
  const { sparsity, std = 0.01 } = options;
  // A mixture, and so no distribution of the contract; it can be drawn all the same.
  if (result.scheme === "sparse" && sparsity !== undefined) return { kind: "sparse", sparsity, std };
  return result.distribution;
}

/** Its fields are checked where requests are. */
function readDistribution(text: string): Distribution {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(
      `--distribution takes JSON such as {"kind":"uniform","low":-1,"high":1}, not ${text}`,
    );
  }
  if (typeof value !== "object" || value === null || !("kind" in value)) {
    throw new UsageError(`--distribution takes an object with a kind, not ${text}`);
  }
  return value as Distribution;
}

/** Draws with a progress bar; `null` where Ctrl-C was pressed. */
async function draw(request: SampleRequest): Promise<SampleResult | null> {
  const bar = new ProgressBar("drawing");
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.once("SIGINT", interrupt);
  try {
    const steps = sampleSteps(request);
    for (let began = Date.now(); !interrupted; ) {
      const { done, value } = steps.next();
      if (done) return value;
      if (Date.now() - began < SLICE_MS) continue;
      bar.show(value);
      await new Promise(setImmediate);
      began = Date.now();
    }
    return null;
  } finally {
    process.off("SIGINT", interrupt);
    bar.clear();
  }
}

function toJson({ values, ...figures }: SampleResult): string {
  return JSON.stringify({ ...figures, ...(values && { values: [...values] }) });
}

/** Eighths of a bar, from none to a whole. */
const EIGHTHS = " ▏▎▍▌▋▊▉█";
const BAR_WIDTH = 50;

function toText(result: SampleResult): string {
  const { count, mean, std, min, max, histogram, kolmogorovSmirnov: distance, method, note } = result;
  const lines = [
    `${count.toLocaleString("en")} values (${method}), ${result.milliseconds} ms`,
    `mean ${figure(mean)}, std ${figure(std)}, min ${figure(min)}, max ${figure(max)}`,
    ...(distance ? [`Kolmogorov–Smirnov ${figure(distance.statistic)}, p = ${figure(distance.pValue)}`] : []),
    ...(note ? [note] : []),
    "",
    ...bars(histogram),
    ...(result.values ? ["", [...result.values].join("\n")] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function bars({ low, high, counts }: SampleResult["histogram"]): string[] {
  const most = Math.max(...counts);
  const labels = counts.map((_, bar) => figure(low + ((high - low) * (bar + 0.5)) / counts.length));
  const width = Math.max(...labels.map(({ length }) => length));
  return counts.map((count, bar) => {
    const eighths = Math.round((count / most) * BAR_WIDTH * 8);
    const text = "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!.trim();
    return `${labels[bar]!.padStart(width)} ${text} ${count}`;
  });
}

function figure(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
