/** HTML elements made from text and attributes; never from markup. */
import type { FactTable } from "../charts/facts";

/** An element with attributes and children; strings become text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/** What stands in place of a chart that cannot be shown. */
export function notice(text: string): HTMLElement {
  return make("p", { class: "notice", role: "note" }, text);
}

/** A button; `label` says more than its text where that is only a sign. */
export function button(text: string, press: () => void, look = "", label = text): HTMLButtonElement {
  const element = make("button", { type: "button", class: look, "aria-label": label, title: label }, text);
  element.addEventListener("click", press);
  return element;
}

/** A table of figures with row and column headings. */
export function table({ caption, columns, rows }: FactTable): HTMLTableElement {
  return make(
    "table",
    {},
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)))),
    make(
      "tbody",
      {},
      ...rows.map(([name = "", ...cells]) =>
        make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell))),
      ),
    ),
  );
}
