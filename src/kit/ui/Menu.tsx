import { type MouseEvent, type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from "react";
import { loadPlacing, placeBeside } from "./placeBeside";
import "./menu.css";

interface Props {
  /** The button's accessible name. */
  readonly name: string;
  readonly tip: string;
  readonly className: string;
  /** Content of the button. */
  readonly face: ReactNode;
  /** Buttons and texts: pressing a button closes the menu, unless the button has `data-stays`. */
  readonly children: ReactNode;
  /** Called whenever the menu has opened. */
  readonly onOpen?: () => void;
}

/** From the button to its menu, in CSS pixels. */
const gap = 4;

/**
 * A button with a menu of buttons. The menu is the browser's own popover: Escape or a press outside closes it, the focus
 * returns to the button, and a phone's back gesture closes it, too.
 */
export function Menu({ name, tip, className, face, children, onOpen }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (!open) return;
    // The menu does not move with its button. Scrolling in another part of the page, or in the menu, does not move the button.
    const close = ({ target }: Event) => {
      if (target instanceof Node && target.contains(button.current)) menu.current?.hidePopover();
    };
    document.addEventListener("scroll", close, { capture: true, passive: true });
    return () => document.removeEventListener("scroll", close, { capture: true });
  }, [open]);

  function onBeforeToggle({ newState }: ToggleEvent<HTMLElement>): void {
    // Transparent until it is in its place; an element that is hidden could not take the focus.
    if (newState === "open" && menu.current) menu.current.style.opacity = "0";
  }

  function onToggle({ newState }: ToggleEvent<HTMLElement>): void {
    setOpen(newState === "open");
    if (newState !== "open" || !button.current || !menu.current) return;
    onOpen?.();
    menu.current.querySelector("button")?.focus({ preventScroll: true });
    void show(button.current, menu.current);
  }

  function onClick({ target }: MouseEvent): void {
    if (target instanceof Element && target.closest("button:not([data-stays])")) menu.current?.hidePopover();
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
        onPointerEnter={loadPlacing}
        onFocus={loadPlacing}
      >
        {face}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: receives the clicks of its buttons */}
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

/** Places the menu below or above its button, aligned with the button's outer side, and makes it visible. */
async function show(button: HTMLElement, menu: HTMLElement): Promise<void> {
  const inRightHalf = button.getBoundingClientRect().right > document.documentElement.clientWidth / 2;
  try {
    await placeBeside(button, menu, { placement: inRightHalf ? "bottom-end" : "bottom-start", gap });
  } finally {
    menu.style.opacity = "";
  }
}
