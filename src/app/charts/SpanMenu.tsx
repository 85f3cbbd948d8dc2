import type { Span } from "../../session/view/pageView";

const spans: readonly number[] = [100, 300, 1000, 3000];

interface Props {
  readonly span: Span;
  readonly choose: (span: Span) => void;
}

/** Selects the number of steps on the time charts. */
export function SpanMenu({ span, choose }: Props) {
  return (
    <select
      className="button small"
      aria-label="Steps shown"
      data-tip="Selects the steps that the time charts show, up to the latest step."
      value={span}
      onChange={(event) => choose(event.target.value === "run" ? "run" : Number(event.target.value))}
    >
      <option value="run">whole run</option>
      {spans.map((steps) => (
        <option key={steps} value={steps}>
          last {steps} steps
        </option>
      ))}
    </select>
  );
}
