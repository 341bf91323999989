/** What lets the values be and changes their order, or takes a part of them. */
import type { Moment } from "../layers/flow/trace.js";
import { PyList, PyTuple } from "../python/values.js";
import { type Axes, countOf, type Factor, keptAxes, reshaped, resized, sizeOf } from "./axes.js";
import { EXTENT, Population } from "./population.js";
import { type Call, numberOf, type Outcome, passed, type Rule, type Signal } from "./rule.js";

const ROW = EXTENT.samples * EXTENT.places;
const SIZE = EXTENT.units * ROW;

/** Same values, other axes. */
function relabelled(axesOf: (axes: Axes, shape: readonly number[], call: Call) => Axes | null): Rule {
  return (call) => {
    const input = call.moment(0);
    const signal = call.signal(input);
    const shape = call.outputShape();
    if (input === null || signal === null || call.operation.outputs.length !== 1) return null;
    const axes = signal.axes && shape ? axesOf(signal.axes, shape, call) : null;
    return passed(input, signal.values, axes, (gradient) => gradient);
  };
}

const unchanged = relabelled((axes) => axes);
const reordered = relabelled((axes, shape) => reshaped(axes, shape));

/** Axes given one by one or as a tuple, counted from the front. */
function given(call: Call, rank: number): readonly number[] | null {
  const values = call.operation.operands.slice(1).flatMap((one) => ("value" in one ? [one.value] : []));
  const items = values.flatMap((value) =>
    value instanceof PyTuple || value instanceof PyList ? value.items : [value],
  );
  const flat = items.flatMap((item) =>
    item instanceof PyTuple || item instanceof PyList ? item.items : [item],
  );
  const numbers = flat.map(numberOf).filter((one): one is number => one !== null);
  return numbers.every(Number.isInteger) ? numbers.map((at) => (at < 0 ? at + rank : at)) : null;
}

const permuted = relabelled((axes, _, call) => {
  const order = given(call, axes.length);
  return order?.length === axes.length ? order.map((at) => axes[at] ?? []) : null;
});

const exchanged = relabelled((axes, _, call) => {
  const [first = axes.length - 2, second = axes.length - 1] = given(call, axes.length) ?? [];
  return axes.map((axis, at) => (at === first ? axes[second]! : at === second ? axes[first]! : axis));
});

/** New axes and those of size 1 that grow hold copies: samples in front, else places. */
const expanded = relabelled((axes, shape) => {
  const lead = shape.length - axes.length;
  return shape.map((size, at): readonly Factor[] => {
    const own = axes[at - lead];
    if (own !== undefined && sizeOf(own) === size) return own;
    return [{ role: at === 0 ? "sample" : "place", size }];
  });
});

const shuffled = relabelled((axes, shape) =>
  shape.map((size, at): readonly Factor[] => {
    const role = at === shape.length - 3 ? "unit" : at > shape.length - 3 ? "place" : "sample";
    return sizeOf(axes[at] ?? []) === size ? axes[at]! : [{ role, size }];
  }),
);

/** Parts of units are units of their own: each part gets other ones of the stand-in. */
const parts: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  if (input === null || signal === null) return null;
  const { outputs } = call.operation;
  const made = outputs.map((_, part) => partOf(call, signal, part));
  return {
    outputs: made.map(({ signal: one }) => one),
    pull: (gradients) => {
      // What is cut into parts is put together again of them: each in its share.
      const known = gradients.flatMap((gradient, k) =>
        gradient ? [{ gradient, shift: made[k]!.shift }] : [],
      );
      if (gradients.includes(null) && known.length < gradients.length) return new Map([[input, null]]);
      const own = known.map(({ gradient, shift }) => moved(gradient, -shift).values);
      const total = signal.values.map((_, i) => own[Math.floor(i / ROW) % own.length]![i]!);
      return new Map([[input, total]]);
    },
  };
};

/** Each unit has the values of the one so many further on. */
const moved = (of: Population, by: number): Population =>
  by === 0 ? of : of.map((_, i) => of.values[(i + SIZE + by * ROW) % SIZE]!);

function partOf(call: Call, { values, axes }: Signal, part: number): { signal: Signal; shift: number } {
  const shape = call.outputShape(part);
  const after = axes && shape ? keptAxes(axes, shape) : null;
  const isOfUnits = axes === null || after === null || countOf(after, "unit") !== countOf(axes, "unit");
  const shift = isOfUnits ? (5 * (call.operation.order + part)) % EXTENT.units : 0;
  const losesPlaces = axes && after && countOf(after, "place") === 1 && countOf(axes, "place") > 1;
  const own = moved(values, shift);
  return { signal: { values: losesPlaces ? own.atOnePlace() : own, axes: after }, shift };
}

/** One part that is taken: what is left out gets no gradient. */
const taken: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  if (input === null || signal === null || call.operation.outputs.length !== 1) return null;
  const { signal: one, shift } = partOf(call, signal, 0);
  const before = signal.axes?.map(sizeOf).reduce((product, size) => product * size, 1);
  const after = call.outputShape()?.reduce((product, size) => product * size, 1);
  if (before === undefined || after === undefined) return null;
  const share = after / before;
  const mask = call.source.mask(share);
  const back = (gradient: Population) => {
    const whole = signal.values.hasPlaces ? gradient.spread() : gradient;
    return moved(whole, -shift).map((value, i) => value * mask[i]!);
  };
  return { ...passed(input, one.values, one.axes, back), outputs: [one] };
};

/** Parts side by side: as many units or places of each as its share. */
const joined: Rule = (call) => {
  const moments = call.moments();
  const shape = call.outputShape();
  const signals = moments.map((moment) => call.signal(moment));
  const [first] = signals;
  if (shape === null || signals.length === 0 || signals.includes(null) || first?.axes == null) return null;
  const all = signals as readonly Signal[];
  if (all.some(({ axes }) => axes === null || axes.length !== shape.length)) return null;
  const at = shape.findIndex((size, axis) => all.some(({ axes }) => sizeOf(axes![axis]!) !== size));
  if (at < 0) return all.length === 1 ? passed(moments[0]!, first.values, first.axes, (one) => one) : null;
  const sizes = all.map(({ axes }) => sizeOf(axes![at]!));
  const role = all.flatMap(({ axes }) => axes![at]!)[0]?.role ?? "unit";
  const axes = first.axes.map((axis, k) =>
    k === at
      ? resized(all.map((one) => one.axes![at]!).find((one) => one.length > 0) ?? axis, shape[at]!)
      : axis,
  );
  const owner = owners(sizes, role === "place" ? EXTENT.places : EXTENT.units);
  const ownerOf = (i: number) => owner[role === "place" ? i % EXTENT.places : Math.floor(i / ROW)]!;
  const hasPlaces = countOf(axes, "place") > 1;
  const spread = all.map(({ values }) => (hasPlaces ? values.spread() : values));
  const mixed = new Float64Array(SIZE).map((_, i) => spread[ownerOf(i)]!.values[i]!);
  return {
    outputs: [{ values: new Population(mixed, hasPlaces), axes }],
    pull: ([gradient]) =>
      new Map(
        moments.map((moment, k) => [
          moment,
          gradient ? spreadOver(gradient, k, owner, role === "place") : null,
        ]),
      ),
  };
};

/** Whose each of `count` places is, in order and by share; nobody has none. */
function owners(sizes: readonly number[], count: number): readonly number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const made: number[] = [];
  let end = 0;
  for (const [k, size] of sizes.entries()) {
    end += size;
    const until = Math.max(made.length + 1, Math.round((end / total) * count));
    while (made.length < Math.min(until, count)) made.push(k);
  }
  return made;
}

/** The gradients of one part, as often as they fill a stand-in of it. */
function spreadOver(
  gradient: Population,
  part: number,
  owner: readonly number[],
  isOfPlaces: boolean,
): Population {
  const own = owner.flatMap((k, at) => (k === part ? [at] : []));
  if (own.length === 0) return gradient;
  const { values } = gradient;
  return gradient.map((_, i) => {
    if (isOfPlaces) return values[i - (i % EXTENT.places) + own[(i % EXTENT.places) % own.length]!]!;
    return values[own[Math.floor(i / ROW) % own.length]! * ROW + (i % ROW)]!;
  });
}

/** A border of zeros. */
const padded: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  const shape = call.outputShape();
  const mode = call.value(2, "mode") ?? "constant";
  const value = call.value(3, "value");
  if (input === null || signal?.axes == null || shape === null || mode !== "constant") return null;
  if (value !== undefined && value !== null && numberOf(value) !== 0) return null;
  const { axes, values } = signal;
  const share = axes.reduce((product, axis, at) => (product * sizeOf(axis)) / shape[at]!, 1);
  if (share > 1) return null;
  const mask = call.source.mask(share);
  const after = axes.map((axis, at) => resized(axis, shape[at]!));
  return passed(
    input,
    values.map((value, i) => value * mask[i]!),
    after,
    (gradient) => gradient,
  );
};

/** Copies of each place. */
const nearest: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  const shape = call.outputShape();
  const mode = call.value(3, "mode") ?? "nearest";
  if (input === null || signal?.axes == null || shape === null || mode !== "nearest") return null;
  const { axes, values } = signal;
  const copies = Math.round(shape.reduce((product, size, at) => (product * size) / sizeOf(axes[at]!), 1));
  if (copies < 1 || copies > EXTENT.places) return null;
  const after = axes.map((axis, at) => resized(axis, shape[at]!));
  if (!values.hasPlaces) return null;
  return passed(input, values, after, (gradient) =>
    gradient.map((_, i) => {
      let total = 0;
      for (let k = 0; k < copies; k++) {
        total += gradient.values[i - (i % EXTENT.places) + ((i + k) % EXTENT.places)]!;
      }
      return total;
    }),
  );
};

const dropout: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  const p = call.number(1, "p") ?? 0.5;
  const training = call.value(2, "training") ?? true;
  if (input === null || signal === null || typeof training !== "boolean" || p >= 1) return null;
  if (!training || p === 0) return passed(input, signal.values, signal.axes, (gradient) => gradient);
  const kept = call.source.mask(1 - p);
  const drop = (values: Population) => values.map((value, i) => (value * kept[i]!) / (1 - p));
  return passed(input, drop(signal.values), signal.axes, drop);
};

/** The gradient ends here. */
const cut: Rule = (call) => {
  const input: Moment | null = call.moment(0);
  const signal = call.signal(input);
  const ended: Outcome = { outputs: [signal], pull: () => new Map() };
  return signal === null ? null : ended;
};

const rows = (rule: Rule, names: string): [string, Rule][] => names.split(" ").map((name) => [name, rule]);

/** Rules by the operation's name. */
export const RESHAPING: Readonly<Record<string, Rule>> = Object.fromEntries([
  ...rows(
    unchanged,
    "contiguous clone float double half bfloat16 to type type_as cpu cuda requires_grad_ checkpoint",
  ),
  ...rows(cut, "detach data"),
  ...rows(reordered, "reshape view view_as reshape_as flatten ravel unflatten squeeze unsqueeze"),
  ...rows(permuted, "permute"),
  ...rows(exchanged, "transpose swapaxes swapdims t T mT"),
  ...rows(expanded, "expand expand_as broadcast_to"),
  ...rows(shuffled, "pixel_shuffle pixel_unshuffle channel_shuffle"),
  ...rows(parts, "chunk split split_with_sizes tensor_split unbind"),
  ...rows(taken, "getitem select narrow"),
  ...rows(joined, "cat concat concatenate"),
  ...rows(padded, "pad"),
  ...rows(nearest, "interpolate upsample"),
  ...rows(dropout, "dropout dropout1d dropout2d dropout3d"),
]);
