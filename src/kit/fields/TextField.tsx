import { useState } from "react";
import type { Parsed } from "./parseNumber";

interface Props<V> {
  readonly id: string;
  readonly text: string;
  readonly parse: (text: string) => Parsed<V>;
  readonly change: (value: V) => void;
  readonly report: (error: string | null) => void;
  readonly numeric: boolean;
  readonly disabled?: boolean;
}

/** A text field. Enter or leaving the field commits the text; invalid text is reported, and the old value stays. Escape cancels. */
export function TextField<V>({ id, text, parse, change, report, numeric, disabled = false }: Props<V>) {
  const [draft, setDraft] = useState<string | null>(null);
  const [invalid, setInvalid] = useState(false);

  function commit(): void {
    if (draft === null) return;
    const parsed = parse(draft);
    setInvalid("error" in parsed);
    if ("error" in parsed) {
      report(parsed.error);
    } else {
      setDraft(null);
      change(parsed.value);
    }
  }

  function cancel(): void {
    setDraft(null);
    setInvalid(false);
    report(null);
  }

  return (
    <input
      disabled={disabled}
      id={id}
      className="field"
      type="text"
      inputMode={numeric ? "decimal" : "text"}
      autoComplete="off"
      spellCheck={false}
      value={draft ?? text}
      aria-invalid={invalid}
      aria-describedby={`${id}-help ${id}-error`}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") cancel();
      }}
    />
  );
}
