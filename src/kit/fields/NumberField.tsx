import { type KeyboardEvent, useRef, useState } from "react";
import type { NumberControl } from "../../core/recipe/control";
import { formatValue } from "../text/format";
import type { FieldProps } from "./fieldProps";
import { parseNumber } from "./parseNumber";
import { RangeInput } from "./RangeInput";
import { fromPosition, positionsOf, toPosition } from "./slider";
import { TextField } from "./TextField";

const sliderKeys = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]);

interface Props extends FieldProps<NumberControl, number> {
  /** Receives the value of a live setting during a drag; `settle` is called when the drag ends. */
  readonly move: (value: number) => void;
  readonly settle: () => void;
}

/**
 * A number field and a slider. A live setting takes effect when the drag rests or ends; a setting that restarts the run takes
 * effect when the drag ends, and shows its draft value until then.
 */
export function NumberField({ control, id, value, change, move, settle, report, fixed }: Props) {
  const [draft, setDraft] = useState<number | null>(null);
  /** The value before a drag. */
  const before = useRef<number | null>(null);
  const shown = draft ?? value;
  const text = formatValue(shown);

  function finish(): void {
    before.current = null;
    setDraft(null);
    if (control.live) settle();
    else if (draft !== null) change(draft);
  }

  function cancel(): void {
    if (control.live && before.current !== null) move(before.current);
    before.current = null;
    setDraft(null);
    if (control.live) settle();
  }

  function onKeyUp(event: KeyboardEvent): void {
    if (sliderKeys.has(event.key)) finish();
  }

  return (
    <>
      <TextField
        id={id}
        text={text}
        parse={(typed) => parseNumber(typed, control)}
        change={change}
        report={report}
        disabled={fixed}
        numeric
      />
      <RangeInput
        disabled={fixed}
        className="slider"
        aria-label={control.label}
        aria-valuetext={text}
        aria-describedby={`${id}-help`}
        min={0}
        max={positionsOf(control)}
        value={toPosition(control, shown)}
        onMove={(position) => {
          const next = fromPosition(control, position, shown);
          before.current ??= value;
          setDraft(next);
          if (control.live) move(next);
        }}
        onEnd={finish}
        onCancel={cancel}
        onKeyUp={onKeyUp}
        onBlur={finish}
      />
    </>
  );
}
