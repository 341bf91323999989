/** The frame every view stands in: a shadow root with the theme's colours, redrawn when theme or width change. */
import { mix, type Theme } from "../charts/theme";
import { make } from "./elements";
import { Disposables } from "./host";
import { applyStyle, applyTheme } from "./style";
import { onThemeChange, readTheme } from "./theme";

export interface Frame {
  readonly view: HTMLElement;
  readonly disposables: Disposables;
  theme(): Theme;
  /** Inner width in pixels; 0 while the element is not laid out. */
  width(): number;
}

/** Charts narrower than this could not be read; the frame then scrolls. */
const MIN_WIDTH = 280;

/** Puts a frame into `element` and calls `redraw` whenever theme, font or width have changed. */
export function makeFrame(element: HTMLElement, redraw: () => void): Frame {
  const disposables = new Disposables();
  const host = make("div", { class: "init-lens" });
  const shadow = host.attachShadow({ mode: "open" });
  applyStyle(shadow);
  const view = make("div", { class: "view" });
  shadow.append(view);
  element.replaceChildren(host);
  disposables.add(() => host.remove());

  let theme = readTheme(element);
  let width = 0;
  const paint = () =>
    applyTheme(view, theme, {
      hover: mix(theme.background, theme.foreground, 0.1),
      edge: theme.muted,
    });
  paint();
  disposables.add(
    onThemeChange(() => {
      const changed = readTheme(element);
      if (JSON.stringify(changed) === JSON.stringify(theme)) return;
      theme = changed;
      paint();
      redraw();
    }),
  );
  const measure = () => Math.floor(view.clientWidth);
  width = measure();
  const observer = new ResizeObserver(() => {
    const now = measure();
    if (now === width || now === 0) return;
    width = now;
    redraw();
  });
  observer.observe(view);
  disposables.add(() => observer.disconnect());
  return {
    view,
    disposables,
    theme: () => theme,
    width: () => (width === 0 ? 0 : Math.max(MIN_WIDTH, width)),
  };
}

/** Calls `draw` once, in the next frame, however often it is asked to. */
export function oncePerFrame(draw: () => void): { request: () => void; cancel: () => void } {
  let waiting = 0;
  return {
    request: () => {
      waiting ||= requestAnimationFrame(() => {
        waiting = 0;
        draw();
      });
    },
    cancel: () => cancelAnimationFrame(waiting),
  };
}
