import type { Analysis, Finding, Layer, Severity } from "../../types.js";

/** One parameter of a layer, as the analysis reports it. */
export type LayerParameter = Layer["parameters"][number];

/** A finding before the rule's code and severity are put on it. */
export type Remark = Pick<Finding, "message" | "site"> & { readonly fix?: Finding["fix"] };

/** One row of the table of rules. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** Two or three sentences for the rule's page: what happens, and what to write instead. */
  readonly why: string;
  /** Python that is found, and Python that is not. */
  readonly found: string;
  readonly fine: string;
  /** Real bugs of this kind, as `owner/repository#number` with what went wrong; empty where none is recorded. */
  readonly history: readonly { readonly issue: string; readonly what: string }[];
  find(analysis: Analysis): readonly Remark[];
}

/** A rule that looks at one layer at a time. */
export function eachLayer(find: (layer: Layer) => readonly Remark[]): Rule["find"] {
  return ({ layers }) => layers.flatMap(find);
}

/** A rule that looks at one parameter at a time; its remarks stand at the layer's call. */
export function eachParameter(
  find: (parameter: LayerParameter, layer: Layer) => string | null,
): Rule["find"] {
  return eachLayer((layer) =>
    layer.parameters.flatMap((parameter) => {
      const message = find(parameter, layer);
      return message === null ? [] : [{ message, site: layer.site }];
    }),
  );
}

/** Whether the program itself said how to draw it, rather than leaving the framework's default. */
export function isSet({ default: given, current }: LayerParameter): boolean {
  return JSON.stringify(given) !== JSON.stringify(current);
}

/** A matrix or a kernel: it has fans, and several units that must differ. */
export function isWeight({ shape }: LayerParameter): boolean {
  return shape.length >= 2 && shape.filter((dim) => dim !== 1).length >= 2;
}
