import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import { isFixed } from "../../core/data/fixed";
import { messageOf } from "../../core/errors";
import type { Control } from "../../core/recipe/control";
import { useRun } from "../hooks/useRun";
import { useSession } from "../hooks/useSession";
import { ChoiceField } from "./ChoiceField";
import type { Value } from "./fieldProps";
import { NumberField } from "./NumberField";
import { ToggleField } from "./ToggleField";
import { WidthsField } from "./WidthsField";
import "./fields.css";

interface Props {
  readonly control: Control;
  /** A button beside the label. */
  readonly children?: ReactNode;
}

/** A setting: label, symbol, field, help text, error, and a dot that resets it to its default. */
export function ControlRow({ control, children }: Props) {
  const session = useSession();
  const { key, label, symbol, help, live } = control;
  const value = useRun(session, ({ recipe, settings }): Value => ({ ...recipe, ...settings })[key]);
  const inScene = useStore(session.lesson, ({ scene }) => scene?.control === key);
  const fixed = useRun(session, ({ recipe }) => isFixed(recipe.dataset, key));
  const [error, report] = useState<string | null>(null);
  const id = `control-${key}`;

  function change(next: Value): void {
    report(null);
    if (String(next) === String(value)) return;
    reportRejection(live ? session.set({ [key]: next }) : session.restart({ [key]: next }));
  }

  function reportRejection(command: Promise<void>): void {
    command.catch((reason: unknown) => report(messageOf(reason)));
  }

  function field() {
    const common = { id, report, fixed };
    switch (control.kind) {
      case "number":
        return (
          <NumberField
            {...common}
            control={control}
            value={value as number}
            change={change}
            move={(next) => reportRejection(session.drag({ [key]: next }))}
            settle={session.endDrag}
          />
        );
      case "choice":
        return (
          <ChoiceField {...common} control={control} value={value as string} change={(next) => change(next as Value)} />
        );
      case "toggle":
        return <ToggleField {...common} control={control} value={value as boolean} change={change} />;
      case "widths":
        return <WidthsField {...common} control={control} value={value as readonly number[]} change={change} />;
    }
  }

  const atDefault = String(value) === String(control.default);
  return (
    <div className={`control ${control.kind} ${key}${inScene ? " in-scene" : ""}`}>
      <label htmlFor={id}>
        {label}
        {symbol && (
          <span className="symbol" translate="no">
            {" "}
            {symbol}
          </span>
        )}
      </label>
      {children}
      <button
        type="button"
        className="to-default"
        aria-label={`${label}: reset to ${defaultText(control)}`}
        data-tip={`Resets to ${defaultText(control)}${live ? "" : " and restarts the run"}.`}
        disabled={atDefault || fixed}
        onClick={() => change(control.default as Value)}
      />
      {field()}
      <div className="help-slot">
        <p className="help-line" id={`${id}-help`}>
          {fixed ? "Set by the dataset." : help}
        </p>
      </div>
      <p className="fault" id={`${id}-error`} role="status">
        {error}
      </p>
    </div>
  );
}

function defaultText(control: Control): string {
  switch (control.kind) {
    case "toggle":
      return control.default ? "on" : "off";
    case "choice":
      return control.options.find(({ value }) => value === control.default)?.label ?? control.default;
    case "widths":
      return control.default.join(", ");
    case "number":
      return String(control.default);
  }
}
