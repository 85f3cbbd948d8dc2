import type { SeriesName } from "../../core/history/history";
import { type Domain, linearDomain } from "../../kit/chart/domains";
import { Legend } from "../../kit/chart/Legend";
import type { ReadingLine } from "../../kit/chart/Reading";
import { extentOf, partsOf, type Row, rowsOf, stepOf } from "../../kit/chart/rows";
import { Series } from "../../kit/chart/Series";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatNumber, formatTick } from "../../kit/text/format";
import { palette, tensorStroke } from "../../kit/text/palette";
import { ComparedLines } from "../../kit/timechart/ComparedLines";
import {
  type ComparedLine,
  comparedLines,
  extentWith,
  longest,
  readComparedRuns,
} from "../../kit/timechart/comparedRuns";
import { TimeChart } from "../../kit/timechart/TimeChart";
import { domainNow } from "../../kit/timechart/zoom";
import type { Session } from "../../session/session";

interface Snapshot {
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly x: Domain;
  readonly y: Domain;
  readonly lines: readonly ComparedLine[];
}

/** ‖d‖ of each tensor: the table the notebook printed, as a chart. */
export function NormChart({ session }: { readonly session: Session }) {
  const { rows, names, x, y, lines } = useSnapshot(session, normSnapshot);
  const strokes = names.map((name, t) => ({ name, ...tensorStroke(t) }));
  return (
    <>
      <Legend
        session={session}
        entries={[
          ...strokes.map(({ name, colour, dash }) => ({ label: shortName(name), colour, dash, ...entry })),
          ...(lines.length > 0 ? [{ label: "all", colour: palette.muted, ...entry }] : []),
        ]}
      />
      <TimeChart
        session={session}
        name="Norm of d per tensor"
        x={x}
        y={y}
        scale="linear"
        formatY={formatTick}
        read={readNorms}
        quantity="direction"
      >
        {strokes.map(({ name, colour, dash }) => (
          <Series
            key={name}
            rows={rows}
            x={stepOf}
            y={(row) => row[name]}
            className="of-direction"
            look={{ stroke: colour, strokeWidth: 1.8, strokeDasharray: dash }}
          />
        ))}
        {lines.length > 0 && <Series rows={rows} x={stepOf} y={totalOf} look={totalLook} />}
        <ComparedLines lines={lines} />
      </TimeChart>
    </>
  );
}

const entry = { shape: "line", quantity: "direction" } as const;
/** ‖d‖ of all tensors together: what runs can be compared by. */
const total = "directionNorm";
const totalOf = (row: Row) => row[total];
const totalLook = { stroke: palette.muted, strokeWidth: 2.4 };

function normSnapshot(session: Session, before: Snapshot | null): Snapshot {
  const history = session.history();
  const names = history.tensors.map(({ name }) => name);
  const x = domainNow(session);
  const series = names.map((name, tensor): [string, SeriesName] => [name, { norm: "directionNorms", tensor }]);
  const end = longest(session);
  const lines = comparedLines(session, (other) => rowsOf(other, partsOf(other.length, x, end), { value: total }));
  const all: [string, SeriesName][] = lines.length > 0 ? [[total, total]] : [];
  const rows = rowsOf(history, partsOf(history.length, x, end), Object.fromEntries([...series, ...all]));
  const [, max] = extentWith(lines, extentOf(rows, [...names, ...all.map(([key]) => key)]));
  return { rows, names, x, y: linearDomain(max >= 0 ? 0 : Number.NaN, max, before?.y ?? null), lines };
}

/** fc1.w for fc1.weight. */
const shortName = (name: string) => name.replace(/(\.[wb])\w+$/, "$1");

function readNorms(session: Session, step: number): ReadingLine[] {
  const history = session.history();
  const own = history.tensors.map(({ name }, t) => ({
    label: shortName(name),
    value: formatNumber(history.norm("directionNorms", t, step), 4),
    colour: tensorStroke(t).colour,
  }));
  return [...own, ...readComparedRuns(session, step, (other, at) => other.value("directionNorm", at))];
}
