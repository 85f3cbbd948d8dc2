import { type ReactNode, useId } from "react";

interface Props {
  readonly title: string;
  readonly className?: string;
  readonly aside?: ReactNode;
  /** The phases of slow motion whose numbers are drawn here. */
  readonly phases?: string;
  readonly children: ReactNode;
}

export function ChartCard({ title, className = "", aside, phases, children }: Props) {
  const id = useId();
  return (
    <section className={`card chart ${className}`} aria-labelledby={id} data-phase={phases}>
      <h2 id={id}>
        {title}
        {aside}
      </h2>
      {children}
    </section>
  );
}
