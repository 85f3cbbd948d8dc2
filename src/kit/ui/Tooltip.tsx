import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { placeBeside } from "./placeBeside";
import "./tooltip.css";

const id = "tooltip";
/** Delays in ms: a pointer that only crosses a control opens nothing; one that moves to the tooltip, to copy from it, keeps it. */
const [showAfter, hideAfter] = [350, 120];
/** From the tooltip to its control, in CSS pixels. */
const gap = 6;

/** The page's one tooltip, for each element with `data-tip`: shown on hover and on keyboard focus, hidden by Escape. */
export function Tooltip() {
  const bubble = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function show(next: HTMLElement | null, delay: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => setAnchor(next), delay);
    }
    const anchorOf = ({ target }: Event) =>
      target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
    function onPointerOver(event: PointerEvent): void {
      if (event.pointerType === "touch") return;
      if (event.target instanceof Element && event.target.closest(`#${id}`)) clearTimeout(timer);
      else show(anchorOf(event), anchorOf(event) ? showAfter : hideAfter);
    }
    // A click focuses a button, too, but must not open its tooltip; except on a “?”, which has no other use.
    function onFocusIn(event: Event): void {
      const opens = event.target instanceof Element && event.target.matches(":focus-visible, .hint");
      show(opens ? anchorOf(event) : null, 0);
    }
    function onClick(event: Event): void {
      const next = anchorOf(event);
      show(next?.matches(".hint") ? next : null, 0);
    }
    const hide = () => show(null, 0);
    const onKeyDown = ({ key }: KeyboardEvent) => key === "Escape" && hide();
    const removal = new AbortController();
    const { signal } = removal;
    document.addEventListener("pointerover", onPointerOver, { signal });
    document.addEventListener("focusin", onFocusIn, { signal });
    document.addEventListener("focusout", hide, { signal });
    document.addEventListener("click", onClick, { signal });
    document.addEventListener("keydown", onKeyDown, { signal });
    document.addEventListener("scroll", hide, { signal, capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      removal.abort();
    };
  }, []);

  useLayoutEffect(() => {
    const tooltip = bubble.current;
    if (!anchor || !tooltip) return;
    // Invisible until it is in its place.
    tooltip.style.visibility = "hidden";
    const show = () => {
      tooltip.style.visibility = "";
    };
    void placeBeside(anchor, tooltip, { placement: "bottom", gap }).then(show, show);
    // A label's tooltip describes the input inside the label.
    const control = anchor.querySelector("input") ?? anchor;
    const before = control.getAttribute("aria-describedby");
    control.setAttribute("aria-describedby", before ? `${before} ${id}` : id);
    return () => {
      if (before) control.setAttribute("aria-describedby", before);
      else control.removeAttribute("aria-describedby");
    };
  }, [anchor]);

  const text = anchor?.dataset.tip ?? "";
  return (
    <div ref={bubble} id={id} role="tooltip" className="tooltip" hidden={text === ""}>
      {text}
    </div>
  );
}
