interface Props {
  /** Id of the form that Enter submits; its error has the id with `-error`. */
  readonly form: string;
  readonly label: string;
  /** The description for screen readers; the visible labels are parts of one phrase. */
  readonly meaning: string;
  readonly text: string;
  readonly fault: string | undefined;
  readonly change: (text: string) => void;
  /** For lists of values. */
  readonly wide?: boolean;
}

/** A labelled text field of an experiment. */
export function FormField({ form, label, meaning, text, fault, change, wide = false }: Props) {
  return (
    <label>
      {label}
      <input
        form={form}
        className={wide ? "field wide" : "field"}
        inputMode={wide ? "text" : "decimal"}
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-label={`${label}: ${meaning}`}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${form}-error`}
        onChange={(event) => change(event.target.value)}
      />
    </label>
  );
}
