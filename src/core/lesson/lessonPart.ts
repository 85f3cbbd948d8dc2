import type { Lesson } from "./lesson";

/** The names of a lesson's parts, in the order of their first scenes. */
export const partsOf = ({ scenes }: Pick<Lesson, "scenes">): readonly string[] => [
  ...new Set(scenes.flatMap(({ part }) => part ?? [])),
];

/**
 * A lesson with the scenes of one part only; null where the lesson has no such part.
 *
 * @param name of the part, in letters of either case
 */
export function lessonPart(lesson: Lesson, name: string): Lesson | null {
  const scenes = lesson.scenes.filter(({ part }) => part?.toLowerCase() === name.toLowerCase());
  return scenes.length > 0 ? { ...lesson, scenes } : null;
}
