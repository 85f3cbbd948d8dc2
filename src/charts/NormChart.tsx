import { Line } from "recharts";
import type { SeriesName } from "../core/history";
import type { Session } from "../store/session";
import { type Domain, linearDomain } from "./domains";
import { formatNumber, formatTick } from "./format";
import { ghostLines } from "./GhostLines";
import { type DrawnRun, drawnRuns, longest, readGhosts } from "./ghosts";
import { Legend } from "./Legend";
import { palette, tensorStroke } from "./palette";
import type { ReadingLine } from "./Reading";
import { extentOf, merged, partsOf, type Row, rowsOf } from "./rows";
import { TimeChart } from "./TimeChart";
import { useSnapshot } from "./useSnapshot";
import { domainNow } from "./zoom";

interface Snapshot {
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  readonly x: Domain;
  readonly y: Domain;
  readonly runs: readonly DrawnRun[];
}

/** ‖d‖ of each tensor: the table the notebook printed, as a chart. */
export function NormChart({ session }: { readonly session: Session }) {
  const { rows, names, x, y, runs } = useSnapshot(session, normSnapshot);
  const strokes = names.map((name, t) => ({ name, ...tensorStroke(t) }));
  return (
    <>
      <Legend
        session={session}
        entries={[
          ...strokes.map(({ name, colour, dash }) => ({ label: shortName(name), colour, dash, ...entry })),
          ...(runs.length > 0 ? [{ label: "all", colour: palette.ink, ...entry }] : []),
        ]}
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
        {runs.length > 0 && (
          <Line
            dataKey={total}
            stroke={palette.ink}
            strokeWidth={2.4}
            strokeOpacity={0.55}
            dot={false}
            isAnimationActive={false}
          />
        )}
        {ghostLines(runs)}
      </TimeChart>
    </>
  );
}

const entry = { shape: "line", quantity: "direction" } as const;
/** ‖d‖ of all tensors together: what runs can be compared by. */
const total = "directionNorm";

function normSnapshot(session: Session, before: Snapshot | null): Snapshot {
  const history = session.history();
  const names = history.tensors.map(({ name }) => name);
  const x = domainNow(session);
  const series = names.map((name, tensor): [string, SeriesName] => [name, { norm: "directionNorms", tensor }]);
  const end = longest(session);
  const runs = drawnRuns(session);
  const all: [string, SeriesName][] = runs.length > 0 ? [[total, total]] : [];
  const own = rowsOf(history, partsOf(history.length, x, end), Object.fromEntries([...series, ...all]));
  const ghosts = runs.map((run) => rowsOf(run.history, partsOf(run.history.length, x, end), { [run.key]: total }));
  const rows = merged(own, ghosts);
  const [, max] = extentOf(rows, [...names, ...all.map(([key]) => key), ...runs.map(({ key }) => key)]);
  return { rows, names, x, y: linearDomain(max >= 0 ? 0 : Number.NaN, max, before?.y ?? null), runs };
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
  return [...own, ...readGhosts(session, step, (other, at) => other.value("directionNorm", at))];
}
