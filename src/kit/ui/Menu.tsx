import { type MouseEvent, type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from "react";

interface Props {
  /** The button's name; what it shows may be shorter. */
  readonly name: string;
  readonly tip: string;
  readonly className: string;
  /** What the button shows. */
  readonly face: ReactNode;
  /** Buttons: pressing one closes the menu. */
  readonly children: ReactNode;
}

/** In CSS pixels: from the button to its menu, and to the edges of a phone; how tall a menu may be; a phone's width. */
const [gap, edge, tall, narrow] = [4, 8, 260, 480];

/**
 * A button that opens a few more. The browser's own popover: Escape or a press elsewhere closes it, the focus goes back to
 * the button, and a phone's back gesture closes it too.
 */
export function Menu({ name, tip, className, face, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (!open) return;
    // It stands where the button was.
    const close = () => menu.current?.hidePopover();
    document.addEventListener("scroll", close, { capture: true, passive: true });
    return () => document.removeEventListener("scroll", close, { capture: true });
  }, [open]);

  function onBeforeToggle({ newState }: ToggleEvent<HTMLElement>): void {
    if (newState === "open" && button.current && menu.current) placeBy(button.current, menu.current);
  }

  function onToggle({ newState }: ToggleEvent<HTMLElement>): void {
    setOpen(newState === "open");
    if (newState === "open") menu.current?.querySelector("button")?.focus();
  }

  function onClick({ target }: MouseEvent): void {
    if (target instanceof Element && target.closest("button")) menu.current?.hidePopover();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={name}
        aria-expanded={open}
        data-tip={tip}
        popoverTarget={id}
      >
        {face}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: hears its buttons' clicks */}
      <span
        ref={menu}
        id={id}
        popover="auto"
        className="menu"
        onBeforeToggle={onBeforeToggle}
        onToggle={onToggle}
        onClick={onClick}
      >
        {children}
      </span>
    </>
  );
}

/** Under the button or over it, to the side on which the window has room. */
function placeBy(button: HTMLElement, { style }: HTMLElement): void {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = bottom + tall < clientHeight || top < tall;
  const before = right > clientWidth / 2;
  style.top = below ? `${bottom + gap}px` : "auto";
  style.bottom = below ? "auto" : `${clientHeight - top + gap}px`;
  // All of a phone's width.
  const across = clientWidth < narrow;
  style.left = across ? `${edge}px` : before ? "auto" : `${left}px`;
  style.right = across ? `${edge}px` : before ? `${clientWidth - right}px` : "auto";
}
