/**
 * Everything that draws, in one file for both its readers: a notebook loads scripts one after the other, and
 * each takes as long again to arrive.
 */
export { activate } from "./notebook";
export { showPanel } from "./panel";
