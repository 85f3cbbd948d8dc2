/** Finds or installs the Chromium of the tests, benchmarks and screenshots. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge"];

/**
 * A software GPU with WebGL2, the same on every machine, for training only: the processor draws the page, otherwise the page's
 * frames would delay the training. The last flags stop the browser's own network requests.
 */
const flags = [
  "--enable-unsafe-swiftshader",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-gpu-compositing",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Usual paths of browsers on this platform, best first. */
function candidates(): string[] {
  const { platform, env } = process;
  const onPath = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const usual = {
    darwin: ["/Applications", join(env.HOME ?? "", "Applications")].flatMap((folder) =>
      ["Google Chrome", "Chromium", "Microsoft Edge"].map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`),
    ),
    win32: [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, "Google", "Chrome", "Application", "chrome.exe"),
        join(folder, "Chromium", "Application", "chrome.exe"),
        join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
      ]),
    linux: names.flatMap((name) => [...onPath, "/snap/bin"].map((folder) => join(folder, name))),
  };
  return [chromium.executablePath(), ...(usual[platform as keyof typeof usual] ?? usual.linux)];
}

/**
 * The path of a Chromium, Chrome or Edge: `CHROME_PATH` if that is set, else Playwright's own, else this machine's; null if there is none.
 * Throws where `CHROME_PATH` names a file that does not exist.
 */
export function findBrowser(): string | null {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  return named || (candidates().find((path) => existsSync(path)) ?? null);
}

/** Finds or installs a browser. Throws an error with the names of suitable browsers when both fail. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  console.log("No Chromium, Chrome or Edge was found: installing one.");
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" }).status === 0;
  const installed =
    run("npx", "playwright", "install", "chromium") ||
    (process.getuid?.() === 0 && run("apt-get", "update") && run("apt-get", "install", "-y", "chromium"));
  const path = installed ? findBrowser() : null;
  if (path) return path;
  throw new Error(
    "Please install Chromium, Google Chrome or Microsoft Edge, or set CHROME_PATH to one, and run this again.",
  );
}

/** Launch options for Playwright, and for Vitest's browser mode through it. */
export function launchOptions(): { executablePath?: string; args: string[] } {
  const executablePath = findBrowser();
  return { ...(executablePath && { executablePath }), args: flags };
}
