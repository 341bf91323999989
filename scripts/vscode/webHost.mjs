// Makes the web workbench what vscode.dev is: no server behind it, extensions in a worker of the browser,
// and an untrusted workspace whose files are in memory (memoryFiles/).
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { ROOT } from "./install.mjs";
import { QUIET_SETTINGS } from "./server.mjs";

/** The folder that is open: the files of a real one, at another address. */
export const MEMORY_FOLDER = "memory:/";

/**
 * Stands before the server at `origin`: serves the extension and the files of `workspace` too, and leads the
 * workbench to them. `origin` of what it gives is where to open the workbench; `close()` ends it.
 */
export async function startWebHost(origin, { extension, tests, workspace }) {
  const folders = new Map([
    // Before the extension's own: VS Code starts tests where they lie below an extension.
    ["/web-host/extension/tests/", path.dirname(tests)],
    ["/web-host/extension/", extension],
    ["/web-host/memory/", path.join(ROOT, "scripts", "vscode", "memoryFiles")],
  ]);
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, origin);
    const folder = [...folders.keys()].find((start) => pathname.startsWith(start));
    if (folder) sendFile(response, path.join(folders.get(folder), pathname.slice(folder.length)));
    else if (pathname === "/web-host/workspace.json") response.end(JSON.stringify(textsOf(workspace)));
    else if (pathname === "/") await sendChanged(request, response, origin, (page) => configured(page));
    else if (pathname.endsWith("/workbench/workbench.js")) {
      await sendChanged(request, response, origin, withoutServer);
    } else forward(request, response, origin);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const authority = `127.0.0.1:${server.address().port}`;
  const at = (name) => ({ scheme: "http", authority, path: `/web-host/${name}` });
  return { origin: `http://${authority}`, close: () => server.close() };

  function configured(page) {
    return withSettings(page, {
      enableWorkspaceTrust: true,
      configurationDefaults: {
        ...QUIET_SETTINGS,
        "security.workspace.trust.enabled": true,
        "security.workspace.trust.startupPrompt": "never",
      },
      developmentOptions: {
        extensions: [at("extension"), at("memory")],
        extensionTestsPath: at(`extension/tests/${path.basename(tests)}`),
      },
    });
  }
}

const CONFIGURATION = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;

/** The workbench's page with more in the configuration it carries. */
function withSettings(page, more) {
  return page.replace(CONFIGURATION, (_all, start, escaped) => {
    const settings = JSON.stringify({ ...JSON.parse(unescapeHtml(escaped)), ...more });
    return `${start}${settings.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  });
}

const unescapeHtml = (text) => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");

/** Where this build of the workbench takes for granted that whoever serves it is its remote. */
const TIES_TO_SERVER = [
  [/,remoteAuthority:location\.host/, ",remoteAuthority:undefined"],
  [
    /\.file\(this\.userDataPath\)\.with\(\{scheme:(\w+)\.vscodeRemote\}\)/,
    '.file("/").with({scheme:$1.vscodeUserData})',
  ],
];

function withoutServer(program) {
  return TIES_TO_SERVER.reduce((text, [tie, instead]) => {
    if (!tie.test(text)) throw new Error(`this VS Code has no ${tie}`);
    return text.replace(tie, instead);
  }, program);
}

async function sendChanged(request, response, origin, change) {
  const answer = await fetch(new URL(request.url, origin));
  const headers = Object.fromEntries(answer.headers);
  for (const name of ["content-length", "content-encoding", "content-security-policy"]) delete headers[name];
  response.writeHead(answer.status, headers).end(change(await answer.text()));
}

function forward(request, response, origin) {
  const asked = http.request(new URL(request.url, origin), { method: request.method }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  asked.once("error", () => response.writeHead(502).end());
  request.pipe(asked);
}

function sendFile(response, file) {
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  response.setHeader("content-type", file.endsWith(".js") ? "text/javascript" : "application/octet-stream");
  // The extension host has an address of its own.
  response.setHeader("access-control-allow-origin", "*");
  createReadStream(file).pipe(response);
}

/** Path → text of every file of a folder. */
function textsOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const relative = (file) => `/${path.relative(folder, file).split(path.sep).join("/")}`;
  return Object.fromEntries(files.map((file) => [relative(file), readFileSync(file, "utf8")]));
}
