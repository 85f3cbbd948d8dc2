import { messageOf } from "../../core/errors";
import { parseJson } from "../../core/files/json";
import { lessonLimits } from "../../core/lesson/lesson";
import { shortName } from "../../core/lesson/shortName";

/** Where a lesson comes from: a file below the page's folder, by its relative address; "" is the page's own lecture. */
export type LessonSource = string;

/**
 * A lesson's file as JSON says it, not yet checked.
 * @param base the page's address, unless it is the one that is open
 * @throws Error that names the file and what is the matter with it
 */
export async function findLesson(source: LessonSource, base?: string): Promise<unknown> {
  if (source === "") return (await import("../../core/lesson/lecture.json")).default;
  const name = shortName(source);
  const refuse = (fault: string): never => {
    throw new Error(`Lesson ${name}: ${fault}`);
  };
  const address =
    below(base ?? location.href, source) ?? refuse("found an address outside this page’s folder; allowed: files in it");
  const instead = "drop the file on the page instead";
  const answer = await fetch(address, { redirect: "error" }).catch(() => refuse(`it cannot be fetched; ${instead}`));
  if (!answer.ok) refuse(`the server answers ${answer.status}; is the file beside the page?`);
  const text = await answer.text().catch(() => refuse(`it cannot be read; ${instead}`));
  if (text.length > lessonLimits.bytes) refuse(`found more than ${lessonLimits.bytes / 2 ** 20} MB`);
  try {
    return await parseJson(text);
  } catch (error) {
    return refuse(`this is not a lesson: ${messageOf(error)}`);
  }
}

/** The address of a file in the page's own folder or below it; null for any other. */
function below(base: string, source: string): string | null {
  try {
    const address = new URL(source, base);
    return address.href.startsWith(new URL("./", base).href) ? address.href : null;
  } catch {
    return null;
  }
}
