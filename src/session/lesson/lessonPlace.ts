import type { LessonSource } from "./findLesson";

/** Where a lesson keeps its place, so that a reload or a copied address comes back to the scene. */
export interface LessonPlace {
  /** The lesson and its scene, from 1, that the page now shows; `file`: a lesson that was opened from a file has no address. */
  show(at: { readonly source: LessonSource | "file"; readonly scene: number } | null): void;
  /** Keeps a lesson that was opened from a file for as long as the tab is open; null forgets it. */
  keep(lesson: unknown): void;
  /** What was kept; null where nothing was. */
  recall(): unknown;
}

const key = "alphascope-lesson";

/** The address holds `?lesson=` and `?scene=`, the tab's own storage the file. Never throws. */
export const browserPlace: LessonPlace = {
  show(at) {
    const query = new URLSearchParams(location.search);
    query.delete("lesson");
    query.delete("scene");
    const rest = query.toString().replace(/=(?=&|$)/g, "");
    const own = at
      ? [
          ...(at.source === "file" ? [] : [at.source === "" ? "lesson" : `lesson=${encodeURI(at.source)}`]),
          `scene=${at.scene}`,
        ]
      : [];
    const search = [rest, ...own].filter(Boolean).join("&");
    try {
      history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
    } catch {
      // Too often for the browser, or a page that may not: then a reload begins elsewhere.
    }
  },
  keep(lesson) {
    try {
      if (lesson === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(lesson));
    } catch {
      // Full, or forbidden.
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
