import { MISBELIEFS } from "../init/defaults.js";
import { describe, formatNumber, std, support } from "../init/distributions.js";
import { isRefusal } from "../init/refusal.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import { SCHEME_IDS, SCHEMES, type SchemeResult, scheme } from "../init/schemes.js";
import type { Framework } from "../types.js";
import { defineCommand, print } from "./command.js";
import { FRAMEWORKS, readScheme, readSchemeOptions, SCHEME_OPTIONS } from "./options.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens scheme [ID] [--fan-in N] [--fan-out M] [--shape 64,32] [--framework F] [--activation A]
                        [--slope a] [--gain G] [--mode fan_in|fan_out|fan_avg|fan_geo_avg] [--json]
                        [--value C] [--low L] [--high H] [--mean M] [--std S] [--sparsity S]
What a scheme draws in a framework. Without ID: all schemes in all frameworks, side by side.
A shape is read in the framework's own layout; without a framework as inputs, outputs.
Schemes: ${SCHEME_IDS.join(" ")}
Frameworks: ${FRAMEWORKS.join(" ")}
`;

export const schemeCommand = defineCommand({
  summary: "what a scheme draws, in every framework",
  help: HELP,
  options: SCHEME_OPTIONS,
  run(values, positionals) {
    if (positionals.length > 1) throw new UsageError(`one scheme at a time, not ${positionals.join(" ")}`);
    const options = readSchemeOptions(values);
    const id = positionals[0];
    if (id === undefined) return print(values.json ? comparisonJson(options) : comparison(options));
    const result = scheme(readScheme(id), options);
    if (isRefusal(result)) throw new UsageError(`${result.error}: ${result.message}`);
    return print(values.json ? `${JSON.stringify(result)}\n` : details(result));
  },
});

function details({ scheme: id, framework, distribution, formula }: SchemeResult): string {
  const { title, paper } = SCHEMES.get(id)!;
  const spread = std(distribution);
  const bounds = support(distribution);
  const note = framework && MISBELIEFS[framework];
  const lines = [
    `${title} (${id})${framework ? ` in ${framework}` : ""}: ${describe(distribution)}`,
    `  formula   ${formula}`,
    ...(spread === null ? [] : [`  std       ${spread}`]),
    ...(bounds && Number.isFinite(bounds[1]) ? [`  limits    ${bounds[0]} to ${bounds[1]}`] : []),
    ...(framework && distribution.source ? [`  source    ${distribution.source}`] : []),
    ...(paper ? [`  paper     ${paper}`] : []),
    ...(note ? [`  note      ${note}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** Every scheme in every framework asked for; what a framework refuses is told, not left out. */
function compare(options: SchemeOptions) {
  const frameworks: readonly Framework[] = options.framework ? [options.framework] : FRAMEWORKS;
  return SCHEME_IDS.map((id) => ({
    id,
    cells: frameworks.map((framework) => ({ framework, result: scheme(id, { ...options, framework }) })),
  }));
}

function comparisonJson(options: SchemeOptions): string {
  const schemes = compare(options).flatMap(({ id, cells }) =>
    cells.map(({ framework, result }) =>
      isRefusal(result) ? { scheme: id, framework, refused: `${result.error}: ${result.message}` } : result,
    ),
  );
  return `${JSON.stringify({ version: 1, schemes })}\n`;
}

/** A block a scheme: one line for each different answer, with the frameworks that give it. */
function comparison(options: SchemeOptions): string {
  const blocks = compare(options).map(({ id, cells }) => {
    const answers = new Map<string, Framework[]>();
    for (const { framework, result } of cells) {
      const text = isRefusal(result) ? `refused: ${result.message}` : answer(result);
      answers.set(text, [...(answers.get(text) ?? []), framework]);
    }
    const { title, formula } = SCHEMES.get(id)!;
    const lines = [...answers].map(([text, frameworks]) => `    ${text.padEnd(46)} ${frameworks.join(", ")}`);
    return [`${id}  ${title}, ${formula}`, ...lines].join("\n");
  });
  const notes = Object.values(MISBELIEFS).map((note) => `  ${note}`);
  return `${blocks.join("\n")}\n\nNot what is commonly believed\n${notes.join("\n")}\n`;
}

function answer({ distribution }: SchemeResult): string {
  const spread = std(distribution);
  const known = distribution.kind === "constant" || spread === null;
  return known ? describe(distribution) : `${describe(distribution)}, std ${formatNumber(spread)}`;
}
