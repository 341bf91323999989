/** HTML elements made from text and attributes; never from markup. */

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
