import type { LessonSource } from "./findLesson";

/** Stores the lesson and the scene, so that a reload or a copied address returns to the scene. */
export interface LessonPlace {
  /**
   * Stores the present scene, from 1 within the part that is shown. A lesson opened from a file (`file`) has no address. null: no
   * lesson is open.
   */
  show(
    at: {
      readonly source: LessonSource | "file";
      readonly part: string | null;
      readonly scene: number;
    } | null,
  ): void;
  /** Keeps a lesson opened from a file while the tab is open; null removes it. */
  keep(lesson: unknown): void;
  /** The lesson kept, not validated; null where there is none. */
  recall(): unknown;
}

const key = "alphascope-lesson";

/** Stores source and scene in the address (`?lesson=`, `?part=`, `?scene=`) and a file in the session storage of the tab. Never throws. */
export const browserPlace: LessonPlace = {
  show(at) {
    const query = new URLSearchParams(location.search);
    query.delete("lesson");
    query.delete("part");
    query.delete("scene");
    const rest = query.toString().replace(/=(?=&|$)/g, "");
    const own = at
      ? [
          ...(at.source === "file" ? [] : [at.source === "" ? "lesson" : `lesson=${encodeURI(at.source)}`]),
          ...(at.part === null ? [] : [`part=${encodeURIComponent(at.part)}`]),
          `scene=${at.scene}`,
        ]
      : [];
    const search = [rest, ...own].filter(Boolean).join("&");
    try {
      history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
    } catch {
      // Too many changes for the browser, or forbidden: a reload then opens an earlier scene.
    }
  },
  keep(lesson) {
    try {
      if (lesson === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(lesson));
    } catch {
      // The storage is full or forbidden.
    }
  },
  recall() {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  },
};
