/** The form that changes what is drawn: one field a row of a table. */
import type { DrawRequest } from "../charts/payload";
import { make } from "./elements";
import type { Choices } from "./protocol";

type Field = HTMLInputElement | HTMLSelectElement;

interface FieldRow {
  readonly key: keyof DrawRequest;
  readonly label: string;
  /** The field, or `null` where there is nothing to choose. */
  make(request: DrawRequest, choices: Choices): Field | null;
  /** What the field says, or `undefined` while it says nothing valid. */
  read(field: Field): DrawRequest[keyof DrawRequest] | undefined;
}

const chosen = (field: Field) => field.value || null;

const FIELDS: readonly FieldRow[] = [
  { key: "scheme", label: "Scheme", make: (r, c) => select(c.schemes, r.scheme), read: chosen },
  {
    key: "framework",
    label: "Framework",
    make: (r, c) => select(c.frameworks, r.framework, "none: plain formula"),
    read: chosen,
  },
  { key: "mode", label: "Mode", make: (r, c) => select(c.modes, r.mode, "the scheme's own"), read: chosen },
  {
    key: "activation",
    label: "Activation after it",
    make: (r, c) => select(c.activations, r.activation, "the scheme's own"),
    read: chosen,
  },
  {
    key: "gain",
    label: "Gain (empty: the activation's)",
    make: (r) =>
      make("input", { type: "number", step: "any", min: "0", value: r.gain === null ? "" : String(r.gain) }),
    read: (field) => (field.value === "" ? null : positive(Number(field.value))),
  },
  {
    key: "seed",
    label: "Seed",
    make: (r) => make("input", { type: "text", maxlength: "100", spellcheck: "false", value: r.seed }),
    read: (field) => field.value,
  },
  {
    key: "bins",
    label: "Bins",
    make: (r) => make("input", { type: "number", min: "1", max: "400", step: "1", value: String(r.bins) }),
    read: (field) => {
      const bins = Number(field.value);
      return Number.isInteger(bins) && bins >= 1 && bins <= 400 ? bins : undefined;
    },
  },
];

/** The form for a request; `changed` is called with each new, valid request. */
export function controls(
  request: DrawRequest,
  choices: Choices,
  changed: (request: DrawRequest) => void,
): HTMLFormElement {
  const form = make("form", { "aria-label": "What is drawn" });
  const fields = new Map<FieldRow, Field>();
  for (const row of FIELDS) {
    const field = row.make(request, choices);
    if (!field) continue;
    fields.set(row, field);
    // Beside each other, not one in the other: the field's own name must not end in all its options.
    field.id = row.key;
    form.append(make("div", { class: "field" }, make("label", { for: row.key }, row.label), field));
  }
  const send = () => {
    const values = [...fields].map(([row, field]) => [row.key, row.read(field)] as const);
    for (const [row, field] of fields)
      field.setAttribute("aria-invalid", String(row.read(field) === undefined));
    if (values.every(([, value]) => value !== undefined))
      changed({ ...request, ...Object.fromEntries(values) });
  };
  form.addEventListener("change", send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return form;
}

/** `none` is what nothing chosen means, where a reader may go back to it. */
function select(options: Choices["schemes"], value: string | null, none?: string): HTMLSelectElement | null {
  if (options.length === 0) return null;
  const field = make("select");
  const known = options.some(({ id }) => id === value);
  const own = known || value === null ? [] : [{ id: value, label: value }];
  const nothing = none === undefined && value !== null ? [] : [{ id: "", label: none ?? "as in the source" }];
  const all = [...nothing, ...own, ...options];
  for (const { id, label } of all) field.append(make("option", { value: id }, label));
  field.value = value ?? "";
  return field;
}

function positive(value: number): number | undefined {
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
