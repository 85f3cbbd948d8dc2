import { quantile } from "d3-array";
import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import { type Domain, logDomain } from "../../kit/chart/domains";
import { Legend, type LegendEntry } from "../../kit/chart/Legend";
import { type Mark, RangeMarks, ShapeMarks } from "../../kit/chart/Marks";
import type { ReadingLine } from "../../kit/chart/Reading";
import { bucketsOf, extentOf, partStarts, partsOf, type Row, rowsOf, stepOf, verdictsOf } from "../../kit/chart/rows";
import { Series } from "../../kit/chart/Series";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formatNumber, formatPower } from "../../kit/text/format";
import { palette } from "../../kit/text/palette";
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
  readonly x: Domain;
  readonly y: Domain;
  readonly best: readonly Mark[];
  /** Where steps without a minimum ahead were passed, by verdict. */
  readonly without: Readonly<Record<"behind" | "concave" | "flat", readonly { readonly step: number }[]>>;
  readonly size: number;
  readonly lines: readonly ComparedLine[];
}

const legend: readonly LegendEntry[] = [
  { label: "lr", colour: palette.lr, shape: "line", quantity: "lr" },
  { label: "α*", colour: palette.alphaStar, shape: "dot", quantity: "alphaStar" },
  { label: "uphill", colour: palette.lr, shape: "triangle" },
  { label: "negative curvature", colour: palette.curvature, shape: "square" },
  { label: "flat", colour: palette.muted, shape: "diamond" },
];

const rateOf = (row: Row) => row.lr;
const rateLook = { stroke: palette.lr, strokeWidth: 2 };

/** α* and the learning rate on one logarithmic axis, coloured by verdict. */
export function AlphaChart({ session }: { readonly session: Session }) {
  const { rows, x, y, best, without, size, lines } = useSnapshot(session, alphaSnapshot);
  return (
    <>
      <Legend session={session} entries={legend} />
      <TimeChart
        session={session}
        name={`α* and learning rate at every step, logarithmic${size > 1 ? `; each mark spans ${size} steps` : ""}`}
        x={x}
        y={y}
        scale="log"
        formatY={formatPower}
        read={readAlpha}
        quantity="alphaStar"
      >
        <Series rows={rows} x={stepOf} y={rateOf} type="stepAfter" className="of-lr" look={rateLook} />
        <ComparedLines lines={lines} />
        <RangeMarks marks={best} className={size > 1 ? "mark-best many" : "mark-best"} />
        <ShapeMarks marks={without.behind} shape="triangle" className="mark-behind" lane={0} />
        <ShapeMarks marks={without.concave} shape="square" className="mark-concave" lane={1} />
        <ShapeMarks marks={without.flat} shape="diamond" className="mark-flat" lane={2} />
      </TimeChart>
    </>
  );
}

/** Exported for its test. */
export function alphaSnapshot(session: Session, before: Snapshot | null): Snapshot {
  const history = session.history();
  const x = domainNow(session, 5);
  const end = longest(session);
  const parts = partsOf(history.length, x, end);
  const lines = comparedLines(session, (other) =>
    partStarts(partsOf(other.length, x, end)).map((step) => ({ step, value: medianAlpha(other, step) })),
  );
  const rows = rowsOf(history, parts, { lr: "lr" });
  const middle = (parts.size - 1) / 2;
  const best = bucketsOf(history, parts, "alphaStar").map(({ from, min, max }) => ({
    step: from + middle,
    lo: min,
    hi: max,
  }));
  const verdicts = verdictsOf(history, parts);
  const places = (verdict: Verdict) =>
    verdicts.filter(({ counts }) => counts[verdict] > 0).map(({ from }) => ({ step: from + middle }));

  let [min, max] = extentOf(rows, ["lr"]);
  for (const { lo, hi } of best) [min, max] = [Math.min(min, lo), Math.max(max, hi)];
  [min, max] = extentWith(lines, [min, max]);
  return {
    rows,
    x,
    y: withBand(logDomain(min, max, before && withoutBand(before.y))),
    best,
    without: { behind: places("behind"), concave: places("concave"), flat: places("flat") },
    size: parts.size,
    lines,
  };
}

/** Steps that the line of another run's α* takes the middle of: its single steps would hide this run's. */
const comparedWindow = 32;

/** The median α* of the last steps up to `step` that have a minimum ahead; null where none has. */
export function medianAlpha(history: History, step: number): number | null {
  const from = Math.max(1, step - comparedWindow + 1);
  const ahead = history.values("alphaStar", from, step).filter((_, i) => history.verdict(from + i) === "minimum");
  return quantile(ahead, 0.5) ?? null;
}

/** Room below the lowest decade for the steps without a minimum, and for a learning rate that lies right on it. */
const band = 0.4;
const withBand = (y: Domain): Domain => ({ ...y, lo: y.lo * band });
const withoutBand = (y: Domain): Domain => ({ ...y, lo: y.ticks[0] ?? y.lo });

const withoutMinimum: Readonly<Record<Exclude<Verdict, "minimum">, string>> = {
  behind: "≤ 0, uphill",
  concave: "none, negative curvature",
  flat: "none, flat",
  diverged: "none, diverged",
};

function readAlpha(session: Session, step: number): ReadingLine[] {
  const history = session.history();
  const verdict = history.verdict(step);
  if (!verdict) return [];
  const alphaStar = verdict === "minimum" ? formatNumber(history.value("alphaStar", step), 4) : withoutMinimum[verdict];
  return [
    { label: "α*", value: alphaStar, colour: palette.alphaStar },
    { label: "lr", value: formatNumber(history.value("lr", step), 3), colour: palette.lr },
    ...readComparedRuns(session, step, (other, at) =>
      other.verdict(at) === "minimum" ? other.value("alphaStar", at) : Number.NaN,
    ),
  ];
}
