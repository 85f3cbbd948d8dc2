import { fetchPart } from "../../core/async/fetchPart";
import { messageOf } from "../../core/errors";
import { parseJson } from "../../core/files/json";
import { lessonLimits } from "../../core/lesson/lessonFormat";
import { shortName } from "../../core/lesson/shortName";

/** The relative address of a lesson file in the page's folder; empty for the built-in lecture. */
export type LessonSource = string;

/**
 * Fetches a lesson file. @returns its JSON, not validated
 *
 * @param base the address of the page; `location.href` by default
 * @throws Error that names the file and the fault
 */
export async function findLesson(source: LessonSource, base?: string): Promise<unknown> {
  if (source === "") return (await fetchPart("The lecture", () => import("../../core/lesson/lecture.json"))).default;
  const name = shortName(source);
  const refuse = (fault: string): never => {
    throw new Error(`Lesson ${name}: ${fault}`);
  };
  const address =
    addressInFolder(base ?? location.href, source) ??
    refuse("found an address outside the page’s folder; allowed: files in the page’s folder");
  const answer = await fetch(address, { redirect: "error" }).catch(() =>
    refuse("the file cannot be fetched. Drop the file on the page."),
  );
  if (!answer.ok) refuse(`the server responded with status ${answer.status}. Put the file in the page’s folder.`);
  const text = await answer.text().catch(() => refuse("the file cannot be read. Drop the file on the page."));
  if (text.length > lessonLimits.bytes)
    refuse(`found a larger file; allowed: at most ${lessonLimits.bytes / 2 ** 20} MB`);
  try {
    return await parseJson(text);
  } catch (error) {
    return refuse(`the file is not valid JSON. ${messageOf(error)}`);
  }
}

/** The address of a file in the folder of `base` or in its subfolders; null for other addresses. */
function addressInFolder(base: string, source: string): string | null {
  try {
    const address = new URL(source, base);
    return address.href.startsWith(new URL("./", base).href) ? address.href : null;
  } catch {
    return null;
  }
}
