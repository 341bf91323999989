/** Round numbers along a log axis: Vega's own would draw a line at every 1, 2, 3 … 9. */

/** The numbers 1 (and 2, 5 where few decades leave room) times powers of ten within the values' range. */
export function logTicks(values: readonly number[]): number[] {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return [1];
  const low = Math.min(...positive);
  const high = Math.max(...positive);
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const steps = last - first <= 3 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((last - first) / 8));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) {
    for (const step of steps) ticks.push(Number(`${step}e${power}`));
  }
  return ticks.filter((tick) => tick >= low / 2 && tick <= high * 2);
}
