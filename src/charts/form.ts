/**
 * Charts that differ only in their rows and words have one form. The dataflow of a form is made once; rows and
 * words are put in afterwards.
 */
import type * as vega from "vega";
import { dataflow, makeView, type ViewOptions } from "./drawing";
import { vegaSpec } from "./shape";
import type { Json, Spec } from "./spec";

/** Forms kept compiled: each theme and each width makes new ones. */
const MOST_FORMS = 24;
const forms = new Map<string, vega.Runtime>();

/** The signals that the words of a title become. */
const QUESTION = "question";
const ANSWER = "answer";

type Rows = readonly Json[];
type Words = { readonly text: Json; readonly subtitle: Json };

/** A view of a specification that `frame` made the title of; whoever makes it must `finalize` it. */
export function chartView(spec: Spec, options: ViewOptions): vega.View {
  const { form, rows } = formOf(spec);
  const { text, subtitle } = spec.title as Words;
  const view = makeView(runtimeOf(form), options).description(String(spec.description));
  for (const [values, name] of rows) view.data(name, [...values]);
  return view.signal(QUESTION, text).signal(ANSWER, subtitle);
}

/** The form of a chart, and its rows with the names that the form has for them. */
export function formOf(spec: Spec): { readonly form: Spec; readonly rows: ReadonlyMap<Rows, string> } {
  const rows = new Map<Rows, string>();
  const form = {
    ...namedRows({ ...spec, description: "" }, rows),
    params: [QUESTION, ANSWER].map((name) => ({ name, value: "" })),
    title: { ...(spec.title as Words), text: { expr: QUESTION }, subtitle: { expr: ANSWER } },
  };
  return { form, rows };
}

function runtimeOf(form: Spec): vega.Runtime {
  const key = JSON.stringify(form);
  const runtime = forms.get(key) ?? dataflow(vegaSpec(form));
  forms.delete(key);
  forms.set(key, runtime);
  for (const oldest of [...forms.keys()].slice(0, -MOST_FORMS)) forms.delete(oldest);
  return runtime;
}

/** A chart with names in place of the rows of its marks, which are collected in `rows`. */
function namedRows(chart: Spec, rows: Map<Rows, string>): Spec {
  const named: Record<string, Json> = { ...chart };
  const { data } = chart as { readonly data?: { readonly values: Rows } };
  if (data) {
    const name = rows.get(data.values) ?? `rows${rows.size}`;
    rows.set(data.values, name);
    named.data = { name };
  }
  for (const parts of ["layer", "hconcat"]) {
    if (parts in chart) named[parts] = (chart[parts] as readonly Spec[]).map((part) => namedRows(part, rows));
  }
  return named;
}
