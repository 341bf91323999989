/** Colours and type of a chart. All colours are `#rrggbb`; contrast is that of WCAG 2. */
export interface Theme {
  readonly background: string;
  readonly foreground: string;
  /** Axis labels and second lines: still text, so still 4.5 : 1. */
  readonly muted: string;
  /** Lines that only guide the eye. */
  readonly grid: string;
  /** Marks, at least 3 : 1, told apart with any kind of colour vision. */
  readonly series: readonly string[];
  readonly font: string;
  readonly fontSize: number;
}

const TEXT_CONTRAST = 4.5;
const MARK_CONTRAST = 3;
const FONT = "'Segoe UI', Helvetica, Arial, sans-serif";

/** Blue, vermilion, green, purple, ochre, grey: Okabe and Ito's hues, moved to carry 3 : 1 on white. */
const ON_LIGHT = ["#1668b0", "#c8500a", "#00805c", "#a1458f", "#8a6b00", "#5f6670"];
/** The same hues on dark grounds. */
const ON_DARK = ["#5ab0ee", "#f6a04d", "#3ecf9f", "#e79bd3", "#e8d44d", "#b5bcc4"];

/** The card of static pictures: opaque and light, so that it reads on any page. */
export const LIGHT: Theme = makeTheme("#ffffff", "#1f2328", { font: FONT, fontSize: 12 });

/** A theme on any ground: hues are moved towards the text colour until they carry their contrast. */
export function makeTheme(
  background: string,
  foreground: string,
  type: { readonly font: string; readonly fontSize: number },
): Theme {
  const hues = luminance(background) > 0.3 ? ON_LIGHT : ON_DARK;
  const ink = contrast(foreground, background) >= TEXT_CONTRAST ? foreground : blackOrWhite(background);
  return {
    background,
    foreground: ink,
    muted: reach(mix(background, ink, 0.68), ink, background, TEXT_CONTRAST),
    grid: mix(background, ink, 0.16),
    series: hues.map((hue) => reach(hue, ink, background, MARK_CONTRAST)),
    ...type,
  };
}

/** `hue`, moved towards `ink` only as far as it must to reach `least` against the ground. */
function reach(hue: string, ink: string, background: string, least: number): string {
  for (let part = 0; part < 1; part += 0.05) {
    const colour = mix(hue, ink, part);
    if (contrast(colour, background) >= least) return colour;
  }
  return ink;
}

function blackOrWhite(background: string): string {
  return contrast("#000000", background) > contrast("#ffffff", background) ? "#000000" : "#ffffff";
}

/** Contrast ratio of two opaque colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance, 0 (black) to 1 (white). */
export function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((channel) => {
    const s = channel / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colour `part` of the way from `a` to `b`. */
export function mix(a: string, b: string, part: number): string {
  const to = channels(b);
  const mixed = channels(a).map((from, i) => Math.round(from + ((to[i] ?? from) - from) * part));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
