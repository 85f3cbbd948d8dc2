export interface ReadingLine {
  readonly label: string;
  readonly value: string;
  readonly colour: string;
}

/** Exact values at one step, beside the cursor. */
export function Reading({ step, lines }: { readonly step: number; readonly lines: readonly ReadingLine[] }) {
  return (
    <dl className="reading">
      <div>
        <dt>step</dt>
        <dd>{step}</dd>
      </div>
      {lines.map(({ label, value, colour }) => (
        <div key={label}>
          <dt>
            <svg className="swatch" viewBox="0 0 8 8" aria-hidden="true">
              <circle cx="4" cy="4" r="4" fill={colour} />
            </svg>
            {label}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
