/** Element types by the names NumPy and PyTorch share, and how a number is rounded to each. */
export type DType =
  | "bool"
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "uint64"
  | "int64"
  | EightBits
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128";

/** Floats of eight bits: how many of them are the significand's. */
const EIGHT_BITS = {
  float8_e8m0fnu: 0,
  float8_e5m2: 2,
  float8_e5m2fnuz: 2,
  float8_e4m3fn: 3,
  float8_e4m3fnuz: 3,
};
type EightBits = keyof typeof EIGHT_BITS;

const isEightBits = (dtype: DType): dtype is EightBits => dtype in EIGHT_BITS;

/** From weakest to strongest: two tensors' result has the stronger type. */
const ORDER: readonly DType[] = [
  "bool",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "uint64",
  "int64",
  ...(Object.keys(EIGHT_BITS) as EightBits[]),
  "float16",
  "bfloat16",
  "float32",
  "float64",
  "complex64",
  "complex128",
];

export const DTYPES = ORDER;

export const isComplex = (dtype: DType): boolean => dtype.startsWith("complex");
export const isFloating = (dtype: DType): boolean => dtype.startsWith("float") || dtype === "bfloat16";

/** The type of a result of two tensors. float16 with bfloat16 gives float32, uint8 with int8 int16. */
export function promote(first: DType, second: DType): DType {
  if (first === second) return first;
  const pair = new Set([first, second]);
  if (pair.has("float16") && pair.has("bfloat16")) return "float32";
  if (pair.has("uint8") && pair.has("int8")) return "int16";
  return ORDER[Math.max(ORDER.indexOf(first), ORDER.indexOf(second))]!;
}

/** Bytes an element takes. */
export function itemSize(dtype: DType): number {
  if (dtype === "bool" || isEightBits(dtype)) return 1;
  if (dtype === "bfloat16") return 2;
  return Number(/\d+$/.exec(dtype)![0]) / 8;
}

/** Keeps `bits` bits of the significand, ties to even (normal range; subnormals of half are kept as they are). */
function roundSignificand(x: number, bits: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - bits);
  const scaled = x / unit;
  const whole = Math.round(scaled);
  const even = Math.abs(whole - scaled) === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
  return even * unit;
}

/** The nearest value of that type. */
export function roundTo(dtype: DType, x: number): number {
  if (isEightBits(dtype)) return roundSignificand(Math.fround(x), EIGHT_BITS[dtype]);
  switch (dtype) {
    case "float64":
    case "complex128":
      return x;
    case "float32":
    case "complex64":
      return Math.fround(x);
    case "float16":
      return roundSignificand(x, 10);
    case "bfloat16":
      return roundSignificand(Math.fround(x), 7);
    case "bool":
      return x !== 0 ? 1 : 0;
    default:
      return Math.trunc(x);
  }
}

/** The type of a complex number's parts; any other type is its own. */
export const realType = (dtype: DType): DType =>
  dtype === "complex128" ? "float64" : dtype === "complex64" ? "float32" : dtype;
