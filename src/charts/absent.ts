/**
 * Stands for the parts of Vega that no Vega-Lite chart can reach (word clouds, force layouts, trees,
 * cross filters, label placement); `esbuild.mjs` puts it in their place to keep the renderer small.
 */
export {};
