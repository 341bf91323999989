import { findingPages } from "../src/init/findingPages.js";
import { recommendationsPage } from "../src/init/recommendationsPage.js";
import { localizationBundle } from "./l10n.js";

/** Pages in docs/ that are made from tables: path → text. A test fails where one is stale. */
export const PAGES: ReadonlyMap<string, () => string> = new Map([
  ["docs/recommendations.md", recommendationsPage],
  ["l10n/bundle.l10n.json", localizationBundle],
  ...findingPages(),
]);
