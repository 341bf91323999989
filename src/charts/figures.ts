/** Figures as people read them: short, with a real minus sign, never more digits than mean anything. */

/** `0.0722`, `−1.2×10⁻⁵`, `1,024`: three significant digits, or as many as asked. */
export function figure(value: number | null, digits = 3): string {
  if (value === null) return "unknown";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (Number.isInteger(value) && size < 1e6) return sign + whole(size);
  if (size >= 1e-4 && size < 1e6) return sign + String(Number(size.toPrecision(digits)));
  const [mantissa = "", exponent = ""] = size.toExponential(digits - 1).split("e");
  return `${sign}${Number(mantissa)}×10${superscript(Number(exponent))}`;
}

/** `2,048` */
export function whole(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `64 × 32`; an unknown dimension is `?`. */
export function shapeText(shape: readonly (number | string | null)[]): string {
  return shape.length === 0 ? "one value" : shape.map((dim) => dim ?? "?").join(" × ");
}

/** `1 layer`, `2 layers` */
export function plural(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
  return (exponent < 0 ? "⁻" : "") + digits.join("");
}
