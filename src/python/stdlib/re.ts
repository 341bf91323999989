export const RE = {};
