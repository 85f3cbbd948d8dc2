import type { ReactNode } from "react";
import { type Action, type Page, titleOf } from "./actions";

interface Props {
  readonly page: Page;
  readonly action: Action;
  /** Where the action's own name does not say what it would do now. */
  readonly name?: string;
  readonly enabled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A button for an action of the table, with its name, and what it does and its key as a tooltip. */
export function ActionButton({ page, action, name = action.label, enabled = true, className = "", children }: Props) {
  return (
    <button
      type="button"
      className={`button ${className}`}
      data-tip={titleOf(action, page.keyless)}
      aria-label={name}
      disabled={!enabled}
      onClick={() => action.run(page)}
    >
      {children}
    </button>
  );
}
