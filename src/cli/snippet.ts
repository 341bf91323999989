import { isRefusal } from "../init/refusal.js";
import { SCHEME_IDS } from "../init/schemes.js";
import { DIALECTS, type Dialect, type Snippet, snippet, snippetText } from "../snippets/snippet.js";
import { defineCommand, print } from "./command.js";
import { FRAMEWORK_NAMES, readName, readScheme, readSchemeOptions, SCHEME_OPTIONS } from "./options.js";
import { snippetAt } from "./snippetAt.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens snippet FILE:LINE --scheme ID [--framework F] [--activation A] [--slope a] [--gain G]
                          [--mode MODE] [--value C] [--low L] [--high H] [--mean M] [--std S] [--sparsity S] [--json]
       init-lens snippet --scheme ID --framework F [--target NAME] [--argument NAME]
                          [--fan-in N] [--fan-out M] [--shape 64,32] [--activation A] [--slope a] [--gain G]
                          [--mode MODE] [--value C] [--low L] [--high H] [--mean M] [--std S] [--sparsity S] [--json]
Code that makes a weight follow a scheme: a statement in NumPy, PyTorch, JAX and TensorFlow, a constructor's
argument in Keras and Flax (linen, nnx), a filler in Caffe. With FILE:LINE the size is that of the layer there.
Schemes: ${SCHEME_IDS.join(" ")}
Frameworks: ${DIALECTS.join(" ")}
`;

export const snippetCommand = defineCommand({
  summary: "code for a scheme in a framework",
  help: HELP,
  options: {
    ...SCHEME_OPTIONS,
    scheme: { type: "string" },
    target: { type: "string" },
    argument: { type: "string" },
  },
  run(values, positionals) {
    const [place] = positionals;
    if (values.scheme === undefined) throw new UsageError("say which scheme: --scheme ID");
    const scheme = readScheme(values.scheme);
    // Flax's two faces are one framework to the mathematics; the dialect is settled apart.
    const { framework: _, ...options } = readSchemeOptions({ ...values, framework: undefined });
    if (place !== undefined) {
      refuseStated(values);
      const dialect = values.framework === undefined ? undefined : readDialect(values.framework);
      const made = snippetAt(place, { scheme, dialect, options });
      return print(values.json ? `${JSON.stringify(contract(made))}\n` : `${snippetText(made)}\n`);
    }
    const dialect = readDialect(values.framework);
    const result = snippet({
      scheme,
      dialect,
      options,
      ...(values.target === undefined ? {} : { target: values.target }),
      ...(values.argument === undefined ? {} : { argument: values.argument }),
    });
    if (isRefusal(result)) throw new UsageError(`${result.error}: ${result.message}`);
    return print(values.json ? `${JSON.stringify(contract(result))}\n` : `${snippetText(result)}\n`);
  },
});

/** What the layer itself says cannot be said beside it. */
function refuseStated(values: Readonly<Record<string, unknown>>) {
  const stated = ["fan-in", "fan-out", "shape", "target", "argument"].find(
    (name) => values[name] !== undefined,
  );
  if (stated) throw new UsageError(`--${stated} does not go with FILE:LINE: the layer there states it`);
}

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
