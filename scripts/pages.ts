import { findingPages } from "../src/init/findingPages.js";
import { recommendationsPage } from "../src/init/recommendationsPage.js";
import { localizationBundle } from "./l10n.js";
import { manifest, manifestTexts } from "./manifest.js";
import { readme } from "./readme.js";
import { chartShapes } from "./shapes.js";

/** Pages, and parts of pages, that are made from tables: path → text. A test fails where one is stale. */
export const PAGES: ReadonlyMap<string, () => string> = new Map([
  ["docs/recommendations.md", recommendationsPage],
  ["package.json", manifest],
  ["package.nls.json", manifestTexts],
  ["README.md", readme],
  ["l10n/bundle.l10n.json", localizationBundle],
  ["src/charts/generated/shapes.ts", chartShapes],
  ...findingPages(),
]);
