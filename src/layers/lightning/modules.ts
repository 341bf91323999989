/** The modules that stand for PyTorch Lightning, under its names: it trains, and makes no layers. */
import type { HostModule } from "../../python/host.js";
import coreSource from "./core.py";

const PUBLIC = `from _lightning import Callback, LightningDataModule, LightningModule, seed_everything`;

/** Modules below the package, and what programs import of them. */
const PARTS = {
  core: PUBLIC,
  "core.module": "from _lightning import LightningModule",
  "core.lightning": "from _lightning import LightningModule",
  "core.datamodule": "from _lightning import LightningDataModule",
  "core.mixins": "from _lightning import HyperparametersMixin",
  callbacks: "from _lightning import Callback",
};

/** Whatever else it has trains, logs or saves. */
const packageOf = (name: string): HostModule[] => [
  { name, isPackage: true, isInert: true, source: PUBLIC },
  ...Object.entries(PARTS).map(([part, source]) => ({
    name: `${name}.${part}`,
    isPackage: !part.includes("."),
    isInert: true,
    source,
  })),
];

export const LIGHTNING_MODULES: readonly HostModule[] = [
  { name: "_lightning", source: coreSource },
  { name: "lightning", isPackage: true, isInert: true, source: PUBLIC },
  ...["pytorch_lightning", "lightning.pytorch"].flatMap(packageOf),
];
