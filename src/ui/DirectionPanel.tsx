import { useRef, useState } from "react";
import { formatNumber } from "../charts/format";
import { useSnapshot } from "../charts/useSnapshot";
import type { Session } from "../store/session";
import { CopyButton } from "./CopyButton";
import { HeatStrip } from "./HeatStrip";
import { cellName, gridOf, indexAt, largest, type Part } from "./heat";
import { useWidth } from "./useWidth";

interface Pointed {
  readonly name: string;
  readonly column: number;
  readonly row: number;
}

const derive = (session: Session): readonly Part[] => (session.history().length > 0 ? session.direction() : []);

/** Adam's direction itself, every parameter of it. */
export function DirectionPanel({ session }: { readonly session: Session }) {
  const parts = useSnapshot(session, derive, 200);
  const strips = useRef<HTMLDivElement>(null);
  const width = useWidth(strips);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const full = largest(parts);
  return (
    <section className="card direction" aria-labelledby="direction-title">
      <h2 id="direction-title">
        Adam’s direction d
        <CopyButton session={session} label="Copy d as JSON" text={() => JSON.stringify(session.direction())} />
      </h2>
      <div className="strips" ref={strips}>
        {parts.length === 0 && <p>d appears with the first step.</p>}
        {width > 0 &&
          parts.map((part) => (
            <HeatStrip
              key={part.name}
              part={part}
              full={full}
              width={width}
              onPoint={(cell) => setPointed(cell && { name: part.name, ...cell })}
            />
          ))}
      </div>
      <p className="pointed">
        {reading(parts, pointed) ??
          (parts.length > 0 ? `■ positive  □ negative  largest ${formatNumber(full, 3)}` : "")}
      </p>
    </section>
  );
}

function reading(parts: readonly Part[], pointed: Pointed | null): string | null {
  const part = parts.find(({ name }) => name === pointed?.name);
  if (!part || !pointed) return null;
  const value = part.values[indexAt(gridOf(part, 1), pointed.column, pointed.row)];
  return value === undefined ? null : `${cellName(part, pointed.column, pointed.row)}: ${formatNumber(value, 4)}`;
}
