import type { Analysis, Observation } from "../../types.js";
import type { Remark, Rule } from "./rule.js";

type OfKind<Kind extends Observation["kind"]> = Extract<Observation, { kind: Kind }>;

/** A rule that says in words what the analysis noticed, and hands its fix on. */
export function eachObservation<Kind extends Observation["kind"]>(
  kind: Kind,
  say: (one: OfKind<Kind>) => string | null,
): Rule["find"] {
  return ({ observations }: Analysis): readonly Remark[] =>
    observations
      .filter((one): one is OfKind<Kind> => one.kind === kind)
      .flatMap((one) => {
        const message = say(one);
        return message === null ? [] : [{ message, site: one.site, fix: one.fix ?? null }];
      });
}
