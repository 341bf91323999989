// What the tests, which run inside VS Code, ask of the window around them: to look, click, type, and to
// keep a picture. Reached over http on loopback; works on anything with a debugging port, browser or desktop.
import { mkdirSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

/** How long an element may take to appear, in milliseconds. */
const TIMEOUT = 20_000;
/** One try at an element. */
const AT_ONCE = { timeout: 2_000 };

/** Starts a driver; `report` receives what the tests tell at their end. */
export async function startDriver({ debuggingPort, screenshots, report }) {
  let page;
  const click = (selector, text) => act(selector, text, clickOnce);
  const hover = (selector, text) => act(selector, text, (element) => element.hover(AT_ONCE));

  const methods = { waitFor, waitForNone, click, hover, select, press, type, screenshot, stopwatch, report };

  const server = http.createServer(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "*");
    if (request.method === "OPTIONS") return response.end();
    try {
      const { method, args } = JSON.parse(await textOf(request));
      page ??= await connect(debuggingPort);
      response.end(JSON.stringify({ result: (await methods[method](...args)) ?? null }));
    } catch (error) {
      response.end(JSON.stringify({ error: error.message }));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };

  /** The texts of all elements that match in any frame, as soon as one does and contains `text`. */
  async function waitFor(selector, text = "") {
    const { texts } = await find(selector, text);
    return texts;
  }

  async function waitForNone(selector, text = "") {
    await poll(async () => ((await look(selector, text)) ? undefined : true), `${selector} is still there`);
  }

  /** Editors draw their lines anew at any time: an element that goes away under the hand is found again. */
  async function act(selector, text = "", action) {
    await poll(
      async () => {
        const found = await look(selector, text);
        return (
          found &&
          action(found.element).then(
            () => true,
            () => undefined,
          )
        );
      },
      `no ${selector}${text && ` with "${text}"`} that holds still`,
    );
  }

  /** Chooses a value in the field of a label. */
  function select(label, text, value) {
    return act(label, text, async (element) => {
      const field = await element.$("select");
      await field.selectOption(value, AT_ONCE);
    });
  }

  /**
   * Milliseconds from the press of the pointer on one element until another that is new is on the screen; of
   * these, `drawing` are those since a notebook's output arrived in the webview, where one did.
   */
  async function stopwatch(selector, text, until) {
    await page.context().addInitScript(watchFor, until);
    await Promise.all(page.frames().map((frame) => frame.evaluate(watchFor, until).catch(() => {})));
    await click(selector, text);
    return poll(async () => {
      const told = await Promise.all(
        page.frames().map((frame) => frame.evaluate(readWatch).catch(() => ({}))),
      );
      const pressed = told.find((one) => one.pressed)?.pressed;
      const [first] = told.filter((one) => one.seen > pressed).sort((a, b) => a.seen - b.seen);
      if (!first) return undefined;
      const { seen, arrived } = first;
      return { whole: seen - pressed, drawing: arrived > pressed ? seen - arrived : null };
    }, `no new ${until}`);
  }

  async function press(keys) {
    await page.keyboard.press(keys);
  }

  async function type(text) {
    await page.keyboard.type(text);
  }

  async function screenshot(name) {
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  }

  function find(selector, text) {
    return poll(() => look(selector, text), `no ${selector}${text && ` with "${text}"`}`);
  }

  /** The first frame with a match; webviews are frames within frames. */
  async function look(selector, text) {
    for (const frame of page.frames()) {
      try {
        const elements = await frame.$$(selector);
        const texts = await Promise.all(elements.map((element) => element.textContent()));
        const index = texts.findIndex((found) => found?.replaceAll("\u00a0", " ").includes(text));
        if (index >= 0) return { element: elements[index], texts };
      } catch {
        // The frame went away while it was looked at.
      }
    }
    return undefined;
  }
}

/** On a busy machine a click may arrive and not be confirmed in time: then it must not be made again. */
async function clickOnce(element) {
  const press = await element.evaluateHandle((target) => {
    const noted = { isDown: false };
    const note = () => {
      noted.isDown = true;
    };
    target.addEventListener("mousedown", note, { capture: true, once: true });
    return noted;
  });
  try {
    await element.click(AT_ONCE);
  } catch (error) {
    if (!(await press.evaluate(({ isDown }) => isDown))) throw error;
  }
}

/** Runs in a frame: notes when the pointer goes down, and when a new element is there to be painted. */
function watchFor(until) {
  const now = () => performance.timeOrigin + performance.now();
  globalThis.initLensWatch?.stop();
  const watch = { pressed: 0, arrived: 0, seen: 0, stop: () => {} };
  globalThis.initLensWatch = watch;
  const press = () => {
    watch.pressed = now();
  };
  document.addEventListener("pointerdown", press, true);
  const arrivals = new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    if (
      added.some((node) => node.querySelector && (node.matches(".output") || node.querySelector(".output")))
    )
      watch.arrived = now();
  });
  watch.stop = () => {
    document.removeEventListener("pointerdown", press, true);
    arrivals.disconnect();
  };
  // Only webviews have charts, in trees of their own within the document.
  if (globalThis.top === globalThis.self) return;
  arrivals.observe(document, { childList: true, subtree: true });
  const found = (root = document) => [
    ...root.querySelectorAll(until),
    ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? found(shadowRoot) : [])),
  ];
  const before = new Set(found());
  const look = () => {
    if (watch !== globalThis.initLensWatch) return;
    if (found().some((element) => !before.has(element))) watch.seen = now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in a frame. */
function readWatch() {
  const { pressed = 0, arrived = 0, seen = 0 } = globalThis.initLensWatch ?? {};
  return { pressed, arrived, seen };
}

async function connect(debuggingPort) {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
  const pages = browser.contexts().flatMap((context) => context.pages());
  const page = pages.find((candidate) => /workbench|127\.0\.0\.1/.test(candidate.url()));
  if (!page) throw new Error(`no workbench among ${pages.map((candidate) => candidate.url()).join(", ")}`);
  return page;
}

/** Asks again with every frame of the screen until the answer is not undefined. */
async function poll(ask, complaint) {
  const end = Date.now() + TIMEOUT;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(complaint);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function textOf(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
