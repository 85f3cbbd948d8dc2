import { afterEach, expect, test, vi } from "vitest";
import { findBrowser } from "../../browser";

afterEach(() => vi.unstubAllEnvs());

test("findBrowser returns CHROME_PATH when it is set", () => {
  vi.stubEnv("CHROME_PATH", process.execPath);
  expect(findBrowser()).toBe(process.execPath);
});

test("findBrowser throws when CHROME_PATH does not exist", () => {
  vi.stubEnv("CHROME_PATH", "/no/such/browser");
  expect(findBrowser).toThrow("CHROME_PATH names /no/such/browser, which does not exist.");
});
