import type { Lesson } from "../../core/lesson/lesson";
import { partsOf } from "../../core/lesson/lessonPart";
import { Menu } from "../../kit/ui/Menu";

interface Props {
  readonly lesson: Lesson;
  /** Index of the present scene. */
  readonly at: number;
  go(at: number): void;
}

/** All scenes of a lesson by part, to go to one of them. */
export function SceneMenu({ lesson, at, go }: Props) {
  const parts: readonly (string | null)[] = [...partsOf(lesson), null];
  const place = [lesson.scenes[at]?.part, `${at + 1}/${lesson.scenes.length}`].filter(Boolean).join(" ");
  return (
    <Menu name={`Scene: ${place}`} tip="Goes to another scene." className="button scene-menu" face={place}>
      {parts.map((part) => {
        const scenes = [...lesson.scenes.entries()].filter(([, scene]) => scene.part === part);
        if (scenes.length === 0) return null;
        return (
          <fieldset key={part} className="scene-part">
            {part && <legend>{part}</legend>}
            {scenes.map(([i, { title }]) => (
              <button key={i} type="button" aria-current={i === at ? "step" : undefined} onClick={() => go(i)}>
                {i + 1}. {title}
              </button>
            ))}
          </fieldset>
        );
      })}
    </Menu>
  );
}
