/** A drawn chart as a file: through the extension where it listens, else as a download of the page. */
import type { View } from "vega";
import { type PictureTexts, standalone } from "../charts/svg";
import { make } from "./elements";

export interface SavedFile {
  readonly name: string;
  readonly format: "svg" | "png";
  /** SVG text, or base64. */
  readonly data: string;
}

/** Device pixels a CSS pixel of a saved PNG: sharp on paper and on dense screens. */
const SCALE = 2;

/** The SVG file of a view. */
export async function svgFile(view: View, name: string, texts: PictureTexts): Promise<SavedFile> {
  const data = standalone(await view.toSVG(), texts);
  return { name: `${fileName(name)}.svg`, format: "svg", data };
}

/** The PNG file of a view. */
export async function pngFile(view: View, name: string): Promise<SavedFile> {
  const canvas = await view.toCanvas(SCALE);
  const url = (canvas as unknown as HTMLCanvasElement).toDataURL("image/png");
  return { name: `${fileName(name)}.png`, format: "png", data: url.slice(url.indexOf(",") + 1) };
}

/** Lets the page download a file. */
export function download(file: SavedFile): void {
  const bytes = file.format === "svg" ? file.data : Uint8Array.from(atob(file.data), (c) => c.charCodeAt(0));
  const type = file.format === "svg" ? "image/svg+xml" : "image/png";
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = make("a", { href: url, download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60) || "chart";
}
