/** Objects of which there is one. */
import { types } from "./classes.js";
import { PySingleton } from "./data.js";

export const ELLIPSIS = new PySingleton("Ellipsis", types.ellipsis);
export const NOT_IMPLEMENTED = new PySingleton("NotImplemented", types.notImplemented);
