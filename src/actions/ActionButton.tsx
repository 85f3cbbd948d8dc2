import type { ReactNode } from "react";
import type { ActionName } from "./actions";
import { usePage } from "./PageProvider";
import { runAction } from "./runAction";
import type { Action } from "./types";

interface Props {
  readonly action: ActionName;
  /** Accessible name, where the effect of the action depends on the state of the page. */
  readonly name?: string;
  readonly enabled?: boolean;
  /** For a button that switches: whether the state is on. */
  readonly pressed?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A button for an action: its accessible name is the action's label, its tooltip the action's help and key. */
export function ActionButton({ action: actionName, name, enabled = true, pressed, className = "", children }: Props) {
  const { page, actions } = usePage();
  const action = actions[actionName];
  return (
    <button
      type="button"
      className={`button ${className}`}
      data-tip={tooltipOf(action, page.keyless)}
      aria-label={name ?? action.label}
      aria-pressed={pressed}
      disabled={!enabled}
      onClick={() => runAction(action, page)}
    >
      {children}
    </button>
  );
}

function tooltipOf({ help, keyLabel }: Action, keyless = false): string {
  return keyless ? help : `${help} (${keyLabel})`;
}
