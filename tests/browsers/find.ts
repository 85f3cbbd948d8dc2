/** Finds or installs the other browsers of the tests: Firefox and WebKitGTK's MiniBrowser. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The program that drives MiniBrowser, and MiniBrowser. */
export interface WebKit {
  readonly driver: string;
  readonly browser: string;
}

const onPath = (...names: string[]): string | undefined =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

const hasDisplay = () => onPath("Xvfb") !== undefined;

/** The path of Firefox; null without it or without Xvfb. */
export const findFirefox = (): string | null => (hasDisplay() && onPath("firefox-esr", "firefox")) || null;

/** The paths of WebKitGTK; null without it or without Xvfb. */
export function findWebKit(): WebKit | null {
  const driver = hasDisplay() && onPath("WebKitWebDriver");
  const browser = ["/usr/libexec", "/usr/lib", ...inside("/usr/lib")]
    .flatMap((folder) => ["webkit2gtk-4.1", "webkit2gtk-4.0"].map((name) => join(folder, name, "MiniBrowser")))
    .find((path) => existsSync(path));
  return driver && browser ? { driver, browser } : null;
}

const inside = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

/** Names of test projects, in the order in which `npm test` runs them. */
export const otherBrowsers = {
  firefox: { name: "Firefox", isThere: () => findFirefox() !== null, packages: ["firefox-esr"] },
  webkit: { name: "WebKitGTK", isThere: () => findWebKit() !== null, packages: ["webkit2gtk-driver"] },
} as const;

export type OtherBrowser = keyof typeof otherBrowsers;

/** The browsers on this machine, after an attempt to install the missing ones. Prints one line about those left out. */
export function ensureOtherBrowsers(): OtherBrowser[] {
  const all = Object.keys(otherBrowsers) as OtherBrowser[];
  const missing = () => all.filter((key) => !otherBrowsers[key].isThere());
  if (missing().length > 0 && process.getuid?.() === 0 && onPath("apt-get")) {
    console.log(
      `Installing ${missing()
        .map((key) => otherBrowsers[key].name)
        .join(" and ")} for the tests.`,
    );
    const packages = missing().flatMap((key) => otherBrowsers[key].packages);
    const run = (...args: string[]) => spawnSync("apt-get", args, { stdio: "ignore" }).status === 0;
    const install = (name: string) => run("install", "-y", "--no-install-recommends", name);
    // One by one: a system without one of the packages can have the others.
    if (run("update")) for (const name of ["xvfb", "libgl1-mesa-dri", ...packages]) install(name);
  }
  const leftOut = missing().map((key) => `${otherBrowsers[key].name} (${otherBrowsers[key].packages.join(", ")})`);
  if (leftOut.length > 0) console.log(`Left out of the tests, not installed: ${leftOut.join("; ")}; both need xvfb.`);
  return all.filter((key) => !missing().includes(key));
}
