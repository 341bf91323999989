import type { Distribution } from "../types.js";

/** The framework itself would raise here: `error` is its exception class, `message` says why. */
export interface Refusal {
  readonly kind: "refusal";
  readonly error: string;
  readonly message: string;
}

/** What an initializer draws, or that it raises. */
export type Draw = Distribution | Refusal;

export function refuse(error: string, message: string): Refusal {
  return { kind: "refusal", error, message };
}

export function isRefusal(value: object): value is Refusal {
  return "kind" in value && value.kind === "refusal";
}
