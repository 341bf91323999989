/** Round numbers along a log axis: Vega's own would draw a line at every 1, 2, 3 … 9. */

/** Digits that ticks may have, from few to many. */
const DIGITS: readonly (readonly number[])[] = [
  [1],
  [1, 2, 5],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5],
];
/** So many decades have room for more ticks than one a decade. */
const FEW_DECADES = 3;
/** Between fewer ticks than this nobody can read a value. */
const FEWEST = 2;
const MOST = 8;

/** Powers of ten, or, where the values lie close, numbers between these; some lie just outside of the values' range. */
export function logTicks(values: readonly number[]): number[] {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return [1];
  const low = Math.min(...positive);
  const high = Math.max(...positive);
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const decades = last - first;
  const every = Math.max(1, Math.ceil(decades / MOST));
  const ticksOf = (digits: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let power = first; power <= last; power += every) {
      for (const digit of digits) ticks.push(Number(`${digit}e${power}`));
    }
    return ticks;
  };
  const isInside = (tick: number) => tick >= low && tick <= high;
  const choices = (decades > FEW_DECADES ? DIGITS : DIGITS.slice(1)).map(ticksOf);
  const chosen = choices.find((ticks) => ticks.filter(isInside).length >= FEWEST) ?? choices.at(-1)!;
  return chosen.filter((tick) => tick >= low / 2 && tick <= high * 2);
}
