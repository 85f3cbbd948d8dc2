import { parse } from "../files/schema";
import { type Lesson, lessonSchema } from "./lesson";

/**
 * The lesson of a file, every field checked.
 * @throws InputError that names the field
 */
export const parseLesson = (input: unknown): Lesson => parse(lessonSchema, "lesson", input);
