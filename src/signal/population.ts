/**
 * A stand-in for a large tensor: some units (features, channels), each at some places of some samples. In a
 * wide network units are alike and independent given the layer before, so that few of them tell the moments
 * of all; how values at different places and in different samples go together is kept as well, because
 * averages, pools and norms depend on it. Where a tensor has no places, all of them are more units.
 */
import seedrandom from "seedrandom";
import { normalQuantile } from "../init/normal.js";

const UNITS = 32;
const SAMPLES = 8;
const PLACES = 64;
const ROW = SAMPLES * PLACES;
const SIZE = UNITS * ROW;

/** Lengths of the three axes: a unit's values after the other's, in it a sample's after the other's. */
export const EXTENT = { units: UNITS, samples: SAMPLES, places: PLACES, size: SIZE } as const;

/** The values, and whether places are places or more units. */
export class Population {
  constructor(
    readonly values: Float64Array,
    readonly hasPlaces: boolean,
  ) {}

  /** The same everywhere. */
  static of(value: number, hasPlaces: boolean): Population {
    return new Population(new Float64Array(SIZE).fill(value), hasPlaces);
  }

  /** Value by value. */
  map(change: (value: number, index: number) => number): Population {
    return new Population(this.values.map(change), this.hasPlaces);
  }

  times(factor: number): Population {
    return this.map((value) => value * factor);
  }

  plus({ values }: Population): Population {
    return this.map((value, i) => value + values[i]!);
  }

  /** With places at which every unit has one and the same value. */
  spread(): Population {
    if (this.hasPlaces) return this;
    return new Population(
      this.values.map((_, i) => this.values[i - (i % PLACES)]!),
      true,
    );
  }

  /** With the values of one place alone. */
  atOnePlace(): Population {
    return this.hasPlaces
      ? new Population(
          this.values.map((_, i) => this.values[i - (i % PLACES)]!),
          false,
        )
      : this;
  }

  /** Places become units. */
  flattened(): Population {
    return new Population(this.values, false);
  }
}

/** The second moment in four parts: what a unit has everywhere, per sample, per place, and for each value alone. */
export interface Parts {
  readonly unit: number;
  readonly sample: number;
  readonly place: number;
  readonly single: number;
}

export const NO_PARTS: Parts = { unit: 0, sample: 0, place: 0, single: 0 };

/** E x². */
export const square = ({ unit, sample, place, single }: Parts): number => unit + sample + place + single;

/** What is drawn for each value alone, in a tensor with places or without. */
export const alone = (variance: number, hasPlaces: boolean): Parts =>
  hasPlaces ? { ...NO_PARTS, single: variance } : { ...NO_PARTS, sample: variance };

export function meanSquare({ values }: Population): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total / SIZE;
}

export function mean({ values }: Population): number {
  let total = 0;
  for (const value of values) total += value;
  return total / SIZE;
}

/** How many standard errors a shared part must be above nothing to be believed. */
const SIGNIFICANT = 3;

/** The parts of a population's second moment, by an analysis of variance. */
export function partsOf(of: Population): Parts {
  const all = meanSquare(of);
  if (!of.hasPlaces) {
    const byUnit = meanSquare(averaged(of, "sample"));
    const sample = (all - byUnit) / (1 - 1 / SAMPLES);
    const unit = believed(byUnit, sample / SAMPLES, UNITS * PLACES);
    return { ...NO_PARTS, unit, sample: Math.max(0, all - unit) };
  }
  const bySample = meanSquare(averaged(of, "place"));
  const byPlace = meanSquare(averaged(of, "sample"));
  const byUnit = meanSquare(averaged(averaged(of, "place"), "sample"));
  const single = (all - bySample - byPlace + byUnit) / ((1 - 1 / PLACES) * (1 - 1 / SAMPLES));
  const sample = believed((bySample - byUnit) / (1 - 1 / SAMPLES), single / PLACES, UNITS * (SAMPLES - 1));
  const place = believed((byPlace - byUnit) / (1 - 1 / PLACES), single / SAMPLES, UNITS * (PLACES - 1));
  const noise = sample / SAMPLES + place / PLACES + single / ROW;
  const unit = believed(byUnit, noise, UNITS);
  return { unit, sample, place, single: Math.max(0, all - unit - sample - place) };
}

/** An estimate less its noise, where that is more than chance. */
function believed(measured: number, noise: number, count: number): number {
  const value = measured - noise;
  return value > SIGNIFICANT * noise * Math.sqrt(2 / count) ? value : 0;
}

/** Each value replaced by the mean over places, over samples, or over units. */
export function averaged(of: Population, axis: "unit" | "sample" | "place"): Population {
  if (axis === "sample") return averagedAlong(of, SAMPLES, PLACES);
  if (axis === "place") return of.hasPlaces ? averagedAlong(of, PLACES, 1) : of;
  const overUnits = averagedAlong(of, UNITS, ROW);
  return of.hasPlaces ? overUnits : averagedAlong(overUnits, PLACES, 1);
}

function averagedAlong({ values, hasPlaces }: Population, length: number, stride: number): Population {
  const made = new Float64Array(SIZE);
  for (let start = 0; start < SIZE; start++) {
    if (Math.floor(start / stride) % length !== 0) continue;
    let total = 0;
    for (let k = 0; k < length; k++) total += values[start + k * stride]!;
    for (let k = 0; k < length; k++) made[start + k * stride] = total / length;
  }
  return new Population(made, hasPlaces);
}

/** The mean over so many places of each sample, with the spread that such a mean has. */
export function meanOverPlaces(of: Population, count: number): Population {
  const { unit, sample, place, single } = partsOf(of);
  const bySample = averaged(of, "place");
  const byUnit = averaged(bySample, "sample");
  const centre = unit > 0 ? mean(byUnit) : 0;
  const apart = Math.max(0, unit - centre * centre) + sample / SAMPLES;
  const ofUnit = shrunk(apart, place / PLACES + single / ROW, place / count + single / (SAMPLES * count));
  const ofSample = shrunk(sample, single / PLACES, single / count);
  return byUnit.map(
    (value, i) => centre + (value - centre) * ofUnit + (bySample.values[i]! - value) * ofSample,
  );
}

/** The factor that puts the noise of one mean in place of that of another. */
function shrunk(shared: number, noise: number, wanted: number): number {
  return shared + noise === 0 ? 0 : Math.sqrt((shared + wanted) / (shared + noise));
}

/** Draws, the same every time; evenly spread, so that their own moments are exact. */
export class Source {
  readonly #random = seedrandom("signal");

  /** Independent of everything before; units are normal with these parts. */
  draw({ unit, sample, place, single }: Parts, hasPlaces: boolean): Population {
    const made = new Float64Array(SIZE);
    const add = (variance: number, count: number, at: (index: number) => number) => {
      if (!(variance > 0)) return;
      const [normals, factor] = [this.normals(count), Math.sqrt(variance)];
      for (let i = 0; i < SIZE; i++) made[i]! += normals[at(i)]! * factor;
    };
    const unitOf = (i: number) => Math.floor(i / ROW);
    const placed = (i: number) => unitOf(i) * PLACES + (i % PLACES);
    if (hasPlaces) {
      add(unit, UNITS, unitOf);
      add(sample, UNITS * SAMPLES, (i) => Math.floor(i / PLACES));
      add(place, UNITS * PLACES, placed);
      add(single, SIZE, (i) => i);
    } else {
      add(unit + place, UNITS * PLACES, placed);
      add(sample + single, SIZE, (i) => i);
    }
    return new Population(made, hasPlaces);
  }

  /** 1 with this probability, else 0. */
  mask(probability: number): Float64Array {
    return new Float64Array(SIZE).map(() => (this.#random.quick() < probability ? 1 : 0));
  }

  /** Quantiles of the standard normal in random order. */
  private normals(count: number): Float64Array {
    const values = standardQuantiles(count).slice();
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(this.#random.quick() * (i + 1));
      [values[i], values[j]] = [values[j]!, values[i]!];
    }
    return values;
  }
}

const quantiles = new Map<number, Float64Array>();

/** Evenly spread, scaled to mean square 1. */
function standardQuantiles(count: number): Float64Array {
  const known = quantiles.get(count);
  if (known !== undefined) return known;
  const values = Float64Array.from({ length: count }, (_, k) => normalQuantile((k + 0.5) / count));
  const root = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / count);
  const made = values.map((x) => x / root);
  quantiles.set(count, made);
  return made;
}
