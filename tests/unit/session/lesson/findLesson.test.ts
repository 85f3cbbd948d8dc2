import { afterEach, expect, it, test, vi } from "vitest";
import { findLesson } from "../../../../src/session/lesson/findLesson";

const page = "https://example.org/lectures/alphascope/?paused";
const answer = (text: string, status = 200) =>
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(text, { status })),
  );

afterEach(() => vi.unstubAllGlobals());

it("findLesson fetches a file in the page's folder or a subfolder", async () => {
  answer('{"format": "alphascope-lesson"}');
  expect(await findLesson("mine/week 3.json", page)).toEqual({ format: "alphascope-lesson" });
  expect(fetch).toHaveBeenCalledWith("https://example.org/lectures/alphascope/mine/week%203.json", {
    redirect: "error",
  });
});

test.each([
  "https://evil.example/a.json",
  "//evil.example/a.json",
  "/a.json",
  "../a.json",
  "\\\\evil\\a",
  "data:,{}",
  "http://",
])("findLesson rejects %s without a request", async (source) => {
  answer("{}");
  await expect(findLesson(source, page)).rejects.toThrow(/found an address outside the page’s folder/);
  expect(fetch).not.toHaveBeenCalled();
});

it("findLesson names the fault of a file", async () => {
  answer("", 404);
  await expect(findLesson("a.json", page)).rejects.toThrow("Lesson a.json: the server responded with status 404");
  answer("<!doctype html>");
  await expect(findLesson("a.json", page)).rejects.toThrow(
    /^Lesson a\.json: the file is not valid JSON\. .+line 1 column 1\)$/,
  );
  answer('{\n  "scenes": [{},\n  ]}');
  await expect(findLesson("a.json", page)).rejects.toThrow(/line 3 column 3\)$/);
  answer(`"${"x".repeat(2 ** 20)}"`);
  await expect(findLesson("a.json", page)).rejects.toThrow("found a larger file; allowed: at most 1 MB");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  await expect(findLesson("a.json", page)).rejects.toThrow("cannot be fetched. Drop the file on the page.");
});
