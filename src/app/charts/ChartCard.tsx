import { type ReactNode, type RefObject, useId } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Fault } from "../../kit/ui/Fault";
import "./charts.css";

interface Props {
  readonly card?: RefObject<HTMLElement | null>;
  readonly title: string;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  /** The phases of slow motion that highlight this card. */
  readonly phases?: string;
  readonly children: ReactNode;
}

export function ChartCard({ card, title, hint, aside, phases, children }: Props) {
  const id = useId();
  return (
    <section ref={card} className="card chart" aria-labelledby={id} data-phase={phases}>
      <h2>
        <span id={id}>{title}</span>
        {hint}
        {aside && <span className="aside">{aside}</span>}
      </h2>
      <ErrorBoundary FallbackComponent={Fault}>{children}</ErrorBoundary>
    </section>
  );
}
