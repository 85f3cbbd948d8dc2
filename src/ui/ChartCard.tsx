import { type ReactNode, useId } from "react";

interface Props {
  readonly title: string;
  readonly className?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function ChartCard({ title, className = "", aside, children }: Props) {
  const id = useId();
  return (
    <section className={`card chart ${className}`} aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {aside}
      </h2>
      {children}
    </section>
  );
}
