import { StrictMode, startTransition, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary } from "react-error-boundary";
import { Fault } from "../kit/ui/Fault";
import type { Session } from "../session/session";
import { App } from "./App";
import { Embed } from "./embed/Embed";
import type { SendEvent } from "./embed/embed";

/**
 * Draws the page, or with `sendEvent` the embedded page, and resolves when the page is in the document.
 * @param sweep the sweep that the address names, as text
 */
export function draw(
  root: HTMLElement,
  session: Session,
  sendEvent: SendEvent | null,
  sweep: string | null,
): Promise<void> {
  return new Promise((resolve) => {
    const page = sendEvent ? (
      <>
        <Embed session={session} sendEvent={sendEvent} />
        <Mounted then={resolve} />
      </>
    ) : (
      <App session={session} sweep={sweep} drawn={resolve} />
    );
    // In a transition React divides the work into short tasks.
    startTransition(() =>
      createRoot(root).render(
        <StrictMode>
          {/* The run is outside React: it stays as it is while the page is drawn anew. */}
          <ErrorBoundary FallbackComponent={Fault} onError={() => resolve()}>
            {page}
          </ErrorBoundary>
        </StrictMode>,
      ),
    );
  });
}

/** Calls `then` when the components beside this one are in the document. */
function Mounted({ then }: { readonly then: () => void }) {
  useEffect(then, [then]);
  return null;
}
