/** `torchvision-0.29.2.dist-info/` among an environment's packages. */
const ENTRY = /^([A-Za-z0-9._]+)-([0-9][^-]*)\.(dist|egg)-info\/?$/;

/** What the name of a metadata folder says of the package it is of. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly format: "dist" | "egg";
}

/** Null for an entry of another kind. */
export function installedPackage(entry: string): InstalledPackage | null {
  const [, name, version, format] = ENTRY.exec(entry) ?? [];
  return name !== undefined && version !== undefined && (format === "dist" || format === "egg")
    ? { name, version, format }
    : null;
}
