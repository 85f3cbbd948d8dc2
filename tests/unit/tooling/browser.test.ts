import { afterEach, expect, test, vi } from "vitest";
import { findBrowser } from "../../browser";

afterEach(() => vi.unstubAllEnvs());

test("CHROME_PATH comes before every other browser", () => {
  vi.stubEnv("CHROME_PATH", process.execPath);
  expect(findBrowser()).toBe(process.execPath);
});

test("a CHROME_PATH that leads nowhere is named, not passed over", () => {
  vi.stubEnv("CHROME_PATH", "/no/such/browser");
  expect(findBrowser).toThrow("CHROME_PATH names /no/such/browser, which does not exist.");
});
