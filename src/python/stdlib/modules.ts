import type { HostModule } from "../host.js";
export const STANDARD_MODULES: readonly HostModule[] = [];
