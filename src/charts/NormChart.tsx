import { Line } from "recharts";
import type { SeriesName } from "../core/history";
import type { Session } from "../store/session";
import { type Domain, linearDomain } from "./domains";
import { formatNumber, formatTick } from "./format";
import { Legend } from "./Legend";
import { tensorStroke } from "./palette";
import type { ReadingLine } from "./Reading";
import { extentOf, partsOf, type Row, rowsOf } from "./rows";
import { TimeChart } from "./TimeChart";
import { useSnapshot } from "./useSnapshot";
import { domainNow } from "./zoom";

interface Snapshot {
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly x: Domain;
  readonly y: Domain;
}

/** ‖d‖ of each tensor: the table the notebook printed, as a chart. */
export function NormChart({ session }: { readonly session: Session }) {
  const { rows, names, x, y } = useSnapshot(session, normSnapshot);
  const strokes = names.map((name, t) => ({ name, ...tensorStroke(t) }));
  return (
    <>
      <Legend
        session={session}
        entries={strokes.map(({ name, colour, dash }) => ({
          label: shortName(name),
          colour,
          dash,
          shape: "line" as const,
          quantity: "direction" as const,
        }))}
      />
      <TimeChart
        session={session}
        name="Norm of d per tensor"
        rows={rows}
        x={x}
        y={y}
        scale="linear"
        formatY={formatTick}
        read={readNorms}
        quantity="direction"
      >
        {strokes.map(({ name, colour, dash }) => (
          <Line
            key={name}
            dataKey={(row: Row) => row[name]}
            className="of-direction"
            stroke={colour}
            strokeWidth={1.8}
            strokeDasharray={dash}
            strokeLinecap="round"
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </TimeChart>
    </>
  );
}

function normSnapshot(session: Session, before: Snapshot | null): Snapshot {
  const history = session.history();
  const names = history.tensors.map(({ name }) => name);
  const x = domainNow(session);
  const series = names.map((name, tensor): [string, SeriesName] => [name, { norm: "directionNorms", tensor }]);
  const rows = rowsOf(history, partsOf(history.length, x), Object.fromEntries(series));
  const [, max] = extentOf(rows, names);
  return { rows, names, x, y: linearDomain(max >= 0 ? 0 : Number.NaN, max, before?.y ?? null) };
}

/** fc1.w for fc1.weight. */
const shortName = (name: string) => name.replace(/(\.[wb])\w+$/, "$1");

function readNorms(session: Session, step: number): ReadingLine[] {
  const history = session.history();
  return history.tensors.map(({ name }, t) => ({
    label: shortName(name),
    value: formatNumber(history.norm("directionNorms", t, step), 4),
    colour: tensorStroke(t).colour,
  }));
}
