import type { Scene, SceneStart } from "../../core/lesson/lesson";
import type { LessonHost } from "./lessonState";

/** Replaces the view and the compared runs of the previous scene by those of `scene`. */
export function setStage(host: LessonHost, { view, beside, play }: Scene): void {
  const { comparedRuns, remove, pinAlongside } = host.comparedRuns.getState();
  for (const { id } of comparedRuns) remove(id);
  for (const recipe of beside) pinAlongside(recipe);
  const page = host.view.getState();
  page.setCursor(null);
  page.setSpan(view.span);
  if (view.chart) page.setPresentedChart(view.chart);
  if (view.present) page.setPresenting(true);
  host.setSpeed(play.speed);
}

export function playScene(host: LessonHost, { to, speed }: SceneStart): void {
  if (to === null) host.play();
  else host.runTo(to, speed);
}
