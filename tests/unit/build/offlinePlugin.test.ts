import { expect, test } from "vitest";
import { precacheOf } from "../../../src/build/offlinePlugin";

const built = [
  ["index.html", "<title>Alphascope</title>"],
  ["assets/index-1.js", "run();"],
  ["fonts/inter.woff2", new Uint8Array([1, 2, 3])],
  ["fonts/LICENSE.txt", "free"],
  ["data/README.md", "whose"],
  ["assets/index-1.js.map", "{}"],
  ["serviceWorker.js", "__PRECACHE__"],
] as const;

test("precacheOf lists the files of the page with their hashes, the page itself as an empty path", () => {
  const { files } = precacheOf(built);
  expect(files.map(([path]) => path)).toEqual(["", "assets/index-1.js", "fonts/inter.woff2"]);
  // printf 'run();' | openssl dgst -sha256 -binary | base64
  expect(new Map(files).get("assets/index-1.js")).toBe("sha256-vUOElbTHLp1UxxGV/I6teJfpCV5vgaasYjEhPKN2fqQ=");
});

test("precacheOf changes the version when a file changes, not when the order changes", () => {
  const { version } = precacheOf(built);
  expect(precacheOf([...built].reverse()).version).toBe(version);
  expect(precacheOf([...built.slice(1), ["index.html", "<title>Alphascope 2</title>"]]).version).not.toBe(version);
});
