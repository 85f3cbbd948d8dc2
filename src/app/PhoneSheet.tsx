import { useEffect } from "react";

/** The panels that a phone shows over the lower half of the page. */
export type Sheet = "settings" | "timeline";

const sheets = [
  { sheet: "settings", label: "Settings" },
  { sheet: "timeline", label: "Timeline" },
] as const;

interface Props {
  readonly open: Sheet | null;
  readonly setOpen: (sheet: Sheet | null) => void;
}

/**
 * On a phone, two buttons at the lower edge that show the settings or the timeline over the lower half of the page, while
 * verdict and ruler stay visible above. Absent in wider windows, which have room for both.
 */
export function PhoneSheet({ open, setOpen }: Props) {
  useEffect(() => {
    if (!open) return;
    // Below the playback controls, which stay at the top.
    document.querySelector(".verdict")?.scrollIntoView({ block: "start" });
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      setOpen(null);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [open, setOpen]);

  return (
    <nav className="sheet-bar" aria-label="Panels">
      {sheets.map(({ sheet, label }) => (
        <button
          key={sheet}
          type="button"
          className="button"
          aria-expanded={open === sheet}
          onClick={() => setOpen(open === sheet ? null : sheet)}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}
