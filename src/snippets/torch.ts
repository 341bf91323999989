import { spreadExpression } from "./byHand.js";
import { bilinearText, centreIndex, kernelSize } from "./kernels.js";
import { number, type PythonWriter } from "./python.js";
import type { WriteInput, Written } from "./written.js";

/** In place, as torch.nn.init works: `nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")`. */
export function writeTorch(input: WriteInput, writer: PythonWriter): Written {
  const target = input.target ?? "layer.weight";
  const init = (name: string) => writer.name(`torch.nn.init.${name}`, "torch.nn");
  const { call } = input;
  if (call.kind === "call") {
    const named = Object.fromEntries(
      Object.entries(call.given).map(([name, value]) => [name, writer.literal(value ?? null)]),
    );
    const [only] = call.initializer === "constant_" ? [named.val!] : [];
    if (only !== undefined) return statement(writer.call(init("constant_"), [target, only]));
    return statement(writer.call(init(call.initializer), [target], named));
  }
  if (call.kind === "by_hand") {
    const spread = spreadExpression(call.recipe, inTorchWords(input, target));
    return statement(
      call.recipe.spread === "uniform"
        ? `limit = ${spread}\n${writer.call(init("uniform_"), [target, "-limit", "limit"])}`
        : writer.call(init("normal_"), [target], { std: spread }),
    );
  }
  return { setup: [], code: build(input, writer, target, init).join("\n") };
}

function statement(code: string): Written {
  return { setup: [], code };
}

/** Without known fans the tensor itself tells them, as torch counts. */
function inTorchWords({ options }: WriteInput, target: string) {
  return {
    ...options,
    fanIn: options.fanIn ?? (options.shape ? undefined : `${target}[0].numel()`) ?? null,
    fanOut: options.fanOut ?? (options.shape ? undefined : `${target}[:, 0].numel()`) ?? null,
  };
}

function build(
  { scheme, shape, options }: WriteInput,
  writer: PythonWriter,
  target: string,
  init: (name: string) => string,
): string[] {
  const { gain = 1 } = options;
  const indentation = writer.style.indentation;
  const inPlace = `with ${writer.name("torch.no_grad", "torch")}():`;
  switch (scheme) {
    case "identity":
      return [`${init("eye_")}(${target})`, inPlace, `${indentation}${target}.mul_(${number(gain)})`];
    case "delta_orthogonal": {
      const times = gain === 1 ? "" : `, gain=${number(gain)}`;
      const centre = `${target}[${centreIndex(shape, "last", "lower")}]`;
      return [
        `${init("zeros_")}(${target})`,
        inPlace,
        `${indentation}${init("orthogonal_")}(${centre}${times})`,
      ];
    }
    default: {
      const row = `${writer.name("torch.tensor", "torch")}(${bilinearText(kernelSize(shape, "last"))})`;
      return [
        `row = ${row}`,
        inPlace,
        `${indentation}${target}.copy_(${writer.name("torch.outer", "torch")}(row, row))`,
      ];
    }
  }
}
