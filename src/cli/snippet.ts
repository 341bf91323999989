import { isRefusal } from "../init/refusal.js";
import { SCHEME_IDS } from "../init/schemes.js";
import { DIALECTS, type Dialect, type Snippet, snippet, snippetText } from "../snippets/snippet.js";
import type { Command } from "./commands.js";
import {
  FRAMEWORK_NAMES,
  readName,
  readOptions,
  readScheme,
  readSchemeOptions,
  SCHEME_OPTIONS,
} from "./options.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens snippet --scheme ID --framework F [--target NAME] [--argument NAME]
                          [--fan-in N] [--fan-out M] [--shape 64,32] [--activation A] [--slope a] [--gain G]
                          [--mode MODE] [--value C] [--low L] [--high H] [--mean M] [--std S] [--sparsity S] [--json]
Code that makes a weight follow a scheme: a statement in NumPy, PyTorch, JAX and TensorFlow, a constructor's
argument in Keras and Flax (linen, nnx), a filler in Caffe.
Schemes: ${SCHEME_IDS.join(" ")}
Frameworks: ${DIALECTS.join(" ")}
`;

export const snippetCommand: Command = {
  summary: "code for a scheme in a framework",
  async run(args) {
    const { values, positionals } = readOptions(args, {
      ...SCHEME_OPTIONS,
      scheme: { type: "string" },
      target: { type: "string" },
      argument: { type: "string" },
    });
    if (values.help) return print(HELP);
    const [place] = positionals;
    if (place !== undefined) throw new UsageError(`cannot read "${place}"; say --scheme ID --framework F`);
    if (values.scheme === undefined) throw new UsageError("say which scheme: --scheme ID");
    const dialect = readDialect(values.framework);
    // Flax's two faces are one framework to the mathematics; the dialect is settled above.
    const { framework: _, ...options } = readSchemeOptions({ ...values, framework: undefined });
    const result = snippet({
      scheme: readScheme(values.scheme),
      dialect,
      options,
      ...(values.target === undefined ? {} : { target: values.target }),
      ...(values.argument === undefined ? {} : { argument: values.argument }),
    });
    if (isRefusal(result)) throw new UsageError(`${result.error}: ${result.message}`);
    return print(values.json ? `${JSON.stringify(contract(result))}\n` : `${snippetText(result)}\n`);
  },
};

function contract(result: Snippet) {
  return { framework: result.dialect, code: snippetText(result), distribution: result.distribution };
}

function readDialect(text: string | undefined): Dialect {
  if (text === undefined) throw new UsageError(`say which framework: --framework ${DIALECTS.join("|")}`);
  const alias = FRAMEWORK_NAMES.get(text.toLowerCase());
  if (alias === "flax" && text.toLowerCase() !== "nnx") return "linen";
  return readName(
    "framework",
    alias === "torch" || alias === "tensorflow" || alias === "numpy" ? alias : text,
    DIALECTS,
  )!;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
