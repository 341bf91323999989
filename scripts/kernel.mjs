// `npm run kernel`: compiles the inner loops of sampling to WebAssembly, as text that any bundle can hold.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

const SOURCE = "src/sample/kernel/kernel.ts";
const RESULT = "src/sample/generated/kernel.ts";

const { error, stdout, stderr, binary } = await compile();
if (error) {
  console.error(`${stdout}${stderr}`);
  process.exit(1);
}
writeFileSync(
  RESULT,
  `/** ${SOURCE} as WebAssembly, made by \`npm run kernel\`. */
export const KERNEL = "${Buffer.from(binary).toString("base64")}";

/** SHA-256 of the source it was made of. */
export const KERNEL_SOURCE = "${createHash("sha256").update(readFileSync(SOURCE)).digest("hex")}";
`,
);
console.log(`${RESULT}: ${binary.length} bytes of WebAssembly`);

async function compile() {
  let binary;
  const result = await asc.main(
    [SOURCE, "--outFile", "kernel.wasm", "-O3", "--runtime", "stub", "--noAssert", "--enable", "simd"],
    { writeFile: (_, contents) => (binary = contents), readFile: read, listFiles: () => [] },
  );
  return { error: result.error, stdout: result.stdout, stderr: result.stderr, binary };
}

function read(name) {
  try {
    return readFileSync(name, "utf8");
  } catch {
    return null;
  }
}
