import { useEffect } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Session } from "../session/session";
import type { SlowMotion } from "../session/slowMotion";

/** Starts presentation mode in full screen, or in the window where the browser refuses full screen or does not have it. */
export function present({ view }: Pick<Session, "view">): void {
  view.getState().setPresenting(true);
  document.documentElement
    .requestFullscreen?.()
    .then(() => {
      // Presentation mode ended before the browser was in full screen.
      if (!view.getState().presenting) stopPresenting({ view });
    })
    .catch(() => {});
}

export function stopPresenting({ view }: Pick<Session, "view">): void {
  view.getState().setPresenting(false);
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

/**
 * Whether the page is in presentation mode. Escape ends the mode unless slow motion, a dialog, a menu or another listener uses the key;
 * leaving full screen ends it, too.
 */
export function usePresenting(session: Session, slowMotion: StoreApi<SlowMotion>): boolean {
  const presenting = useStore(session.view, (view) => view.presenting);
  useEffect(() => {
    if (!presenting) return;
    function onKeyDown(event: KeyboardEvent): void {
      const usedElsewhere =
        event.defaultPrevented ||
        slowMotion.getState().phase !== null ||
        document.querySelector("dialog[open], .menu:popover-open");
      if (event.key === "Escape" && !usedElsewhere) stopPresenting(session);
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
