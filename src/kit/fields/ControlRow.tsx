import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import { isReal, isShape } from "../../core/data/shipped";
import { messageOf } from "../../core/errors";
import type { Control } from "../../core/recipe/control";
import { useRun } from "../ui/useRun";
import { useSession } from "../ui/useSession";
import { ChoiceField } from "./ChoiceField";
import type { Value } from "./fieldProps";
import { NumberField } from "./NumberField";
import { ToggleField } from "./ToggleField";
import { WidthsField } from "./WidthsField";
import "./fields.css";

interface Props {
  readonly control: Control;
  /** What else can be done with it, beside its name. */
  readonly children?: ReactNode;
}

/** One setting: symbol, label, field, what it does, and a dot that puts it back to its default. */
export function ControlRow({ control, children }: Props) {
  const session = useSession();
  const { key, label, symbol, help, live } = control;
  const value = useRun(session, ({ recipe, settings }): Value => ({ ...recipe, ...settings })[key]);
  const called = useStore(session.lesson, ({ scene }) => scene?.control === key);
  // What real data have of their own cannot be chosen.
  const fixed = useRun(session, ({ recipe }) => isReal(recipe.dataset) && isShape(key));
  const [fault, report] = useState<string | null>(null);
  const id = `control-${key}`;

  function change(next: Value): void {
    report(null);
    if (String(next) === String(value)) return;
    said(live ? session.set({ [key]: next }) : session.restart({ [key]: next }));
  }

  function said(done: Promise<void>): void {
    done.catch((error: unknown) => report(messageOf(error)));
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
            move={(next) => said(session.move({ [key]: next }))}
            settle={session.settle}
          />
        );
      case "choice":
        return <ChoiceField {...common} control={control} value={value as string} change={(v) => change(v as Value)} />;
      case "toggle":
        return <ToggleField {...common} control={control} value={value as boolean} change={change} />;
      case "widths":
        return <WidthsField {...common} control={control} value={value as readonly number[]} change={change} />;
    }
  }

  const atDefault = String(value) === String(control.default);
  return (
    <div className={`control ${control.kind} ${key}${called ? " called" : ""}`}>
      <label htmlFor={id}>
        {label}
        {symbol && <span className="symbol"> {symbol}</span>}
      </label>
      {children}
      <button
        type="button"
        className="to-default"
        aria-label={`${label}: back to ${defaultText(control)}`}
        data-tip={`Back to ${defaultText(control)}${live ? "" : "; restarts the run"}`}
        disabled={atDefault || fixed}
        onClick={() => change(control.default as Value)}
      />
      {field()}
      <div className="help-slot">
        <p className="help-line" id={`${id}-help`}>
          {fixed ? "Follows from the data." : help}
        </p>
      </div>
      <p className="fault" id={`${id}-fault`} role="status">
        {fault}
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
