import { useEffect, useLayoutEffect, useRef, useState } from "react";

const id = "tooltip";
/** A pointer on its way elsewhere asks for nothing; one on its way to the tooltip, to copy from it, keeps it. In ms. */
const [showAfter, hideAfter] = [350, 120];
/** From the tooltip to what it is about, and to the edges of the window. */
const [gap, edge] = [6, 8];

/** The page's one tooltip: whatever has `data-tip` shows it while it is hovered or has the focus. Escape takes it away. */
export function Tooltip() {
  const bubble = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function show(next: HTMLElement | null, delay: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => setAnchor(next), delay);
    }
    const tipped = ({ target }: Event) =>
      target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
    function onPointerOver(event: PointerEvent): void {
      if (event.pointerType === "touch") return;
      if (event.target instanceof Element && event.target.closest(`#${id}`)) clearTimeout(timer);
      else show(tipped(event), tipped(event) ? showAfter : hideAfter);
    }
    // A click puts the focus on a button too, but does not ask about it; unless asking is all it is for.
    function onFocusIn(event: Event): void {
      const asked = event.target instanceof Element && event.target.matches(":focus-visible, .hint");
      show(asked ? tipped(event) : null, 0);
    }
    function onClick(event: Event): void {
      const next = tipped(event);
      show(next?.matches(".hint") ? next : null, 0);
    }
    const hide = () => show(null, 0);
    const onKeyDown = ({ key }: KeyboardEvent) => key === "Escape" && hide();
    document.addEventListener("pointerover", onPointerOver);
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("focusout", hide);
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("scroll", hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", onPointerOver);
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("click", onClick);
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("scroll", hide, { capture: true });
    };
  }, []);

  useLayoutEffect(() => {
    if (!anchor || !bubble.current) return;
    const place = anchor.getBoundingClientRect();
    const { width, height } = bubble.current.getBoundingClientRect();
    const left = place.left + place.width / 2 - width / 2;
    const below = place.bottom + gap;
    const top = below + height + edge > innerHeight ? place.top - gap - height : below;
    bubble.current.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`;
    bubble.current.style.top = `${Math.max(edge, top)}px`;
    // A label speaks for its control.
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
