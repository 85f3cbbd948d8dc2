import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Builder, Capabilities, Key, Origin, type WebDriver } from "selenium-webdriver";
import { openDisplay } from "./display";
import type { WebKit } from "./find";
import type { Tab } from "./tab";

/** WebKitGTK's MiniBrowser on a virtual screen, driven over WebDriver. */
export async function openWebKit({ driver, browser }: WebKit): Promise<Tab> {
  const display = await openDisplay();
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: display.name,
      LIBGL_ALWAYS_SOFTWARE: "1",
      // The sandbox of WebKitGTK needs namespaces, which containers do not give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    },
  });
  const closeServers = () => {
    server.kill();
    display.close();
  };
  const tab = await connect(port, browser).catch((error: unknown) => {
    closeServers();
    throw error;
  });
  const pointer = () => tab.actions({ async: true });
  return {
    async goto(address) {
      // `get` can return while the page before is still there, which then answers the next call.
      await tab.get("about:blank");
      await tab.get(address);
    },
    evaluate: <R, A>(call: (argument: A) => R | Promise<R>, argument: A) =>
      tab.executeScript<R>(`return (${call})(arguments[0])`, argument),
    async drag(from, to) {
      const at = ({ x, y }: typeof from) => ({ x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT });
      await pointer().move(at(from)).press().move(at(to)).release().perform();
    },
    press: (key) =>
      pointer()
        .sendKeys(key === "Escape" ? Key.ESCAPE : key)
        .perform(),
    screenshot: () => tab.takeScreenshot(),
    async resize(width, height) {
      await tab.manage().window().setRect({ x: 0, y: 0, width, height });
      // The size of the window includes its frame.
      const [innerWidth, innerHeight] = await tab.executeScript<[number, number]>("return [innerWidth, innerHeight]");
      const rect = { x: 0, y: 0, width: 2 * width - innerWidth, height: 2 * height - innerHeight };
      await tab.manage().window().setRect(rect);
    },
    async close() {
      await tab.quit();
      closeServers();
    },
  };
}

/** Starts the browser as soon as the driver listens. */
async function connect(port: number, binary: string): Promise<WebDriver> {
  const options = { binary, args: ["--automation"] };
  const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options });
  const address = `http://127.0.0.1:${port}`;
  for (let attempt = 0; !(await fetch(`${address}/status`).catch(() => null)); attempt++) {
    if (attempt === 100) throw new Error("WebKitWebDriver does not answer.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const tab = await new Builder().usingServer(address).withCapabilities(capabilities).build();
  await tab.manage().setTimeouts({ script: 60_000 });
  return tab;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
