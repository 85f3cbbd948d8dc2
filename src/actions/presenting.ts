import { useEffect } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Session } from "../session/session";
import type { SlowMotion } from "../session/slowMotion";

/** Presents in full screen; where that is refused, or unknown, in all of the window. */
export function present({ view }: Pick<Session, "view">): void {
  view.getState().setPresenting(true);
  document.documentElement
    .requestFullscreen?.()
    .then(() => {
      // Left again before the browser had got that far.
      if (!view.getState().presenting) stopPresenting({ view });
    })
    .catch(() => {});
}

export function stopPresenting({ view }: Pick<Session, "view">): void {
  view.getState().setPresenting(false);
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

/** Escape leaves, once nothing else wants it; so does leaving full screen in the browser's own ways. */
export function usePresenting(session: Session, slowMotion: StoreApi<SlowMotion>): boolean {
  const presenting = useStore(session.view, (view) => view.presenting);
  useEffect(() => {
    if (!presenting) return;
    function onKeyDown(event: KeyboardEvent): void {
      const taken =
        event.defaultPrevented || slowMotion.getState().phase !== null || document.querySelector("dialog[open]");
      if (event.key === "Escape" && !taken) stopPresenting(session);
    }
    function onFullscreenChange(): void {
      if (!document.fullscreenElement) stopPresenting(session);
    }
    const removal = new AbortController();
    const { signal } = removal;
    document.addEventListener("keydown", onKeyDown, { signal });
    document.addEventListener("fullscreenchange", onFullscreenChange, { signal });
    return () => removal.abort();
  }, [session, slowMotion, presenting]);
  return presenting;
}
