import { useMemo, useState } from "react";
import type { SweepRow } from "../../../core/experiment/runSummary";
import type { Sweep } from "../../../core/experiment/sweep";
import { Legend, type LegendEntry } from "../../../kit/chart/Legend";
import { parseNumber } from "../../../kit/fields/parseNumber";
import { formatSetting } from "../../../kit/text/format";
import { palette } from "../../../kit/text/palette";
import { FormField } from "../FormField";
import { RunTable } from "./RunTable";
import { SweepChart } from "./SweepChart";
import { alphaPicture, lossPicture, reachableLoss, stepsPicture, strokeOf, valueName } from "./sweepPicture";
import { runText } from "./sweepText";

interface Props {
  readonly form: string;
  readonly sweep: Sweep;
  /** At least one. */
  readonly rows: readonly SweepRow[];
  readonly open: (row: SweepRow) => void;
}

/** The charts of a sweep and the table of its runs. */
export function SweepResults({ form, sweep, rows, open }: Props) {
  const key = sweep.second?.key ?? null;
  const [pointed, setPointed] = useState<SweepRow | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const reachable = useMemo(() => reachableLoss(rows), [rows]);
  const text = typed ?? (reachable === null ? "" : formatSetting(reachable));
  const target = parseNumber(text, { label: "The loss", min: 0, max: Number.MAX_VALUE });

  const train = useMemo(() => lossPicture(rows, "train"), [rows]);
  const held = useMemo(() => (rows.some((row) => row.held) ? lossPicture(rows, "held") : null), [rows]);
  const [own, next] = useMemo(() => [alphaPicture(rows, "alphaStar"), alphaPicture(rows, "nextAlphaStar")], [rows]);
  const targetLoss = "value" in target ? target.value : Number.NaN;
  const steps = useMemo(() => stepsPicture(rows, targetLoss, key), [rows, targetLoss, key]);

  const values = sweep.second?.values ?? [];
  const legend: readonly LegendEntry[] = [
    ...values.map((value, place): LegendEntry => {
      const { colour, dash } = strokeOf(place);
      return { label: valueName(key, value), colour, shape: "line", dash };
    }),
    { label: "median over seeds, least to greatest", colour: palette.muted, shape: "spread" },
    { label: "one run: press to open", colour: palette.muted, shape: "dot" },
    { label: "above the axis, or diverged", colour: palette.muted, shape: "triangle" },
  ];
  const shared = { pointed, point: setPointed, pick: open };
  return (
    <>
      <div className="chart-head">
        <Legend entries={legend} />
        <output aria-hidden="true">{pointed && runText(pointed, key)}</output>
      </div>
      <div className="sweep-charts">
        <SweepChart title="Final loss on the training rows" axis="lr" picture={train} {...shared} />
        {held && <SweepChart title="Final loss on the held-out rows" axis="lr" picture={held} {...shared} />}
        <SweepChart
          title="Median α* (next batch: hollow, dashed; α* = lr: orange)"
          axis="lr"
          picture={own}
          other={next}
          diagonal
          {...shared}
        />
        <div>
          <SweepChart
            title={`Steps to a loss of ${text} on the training rows${key === "batchSize" ? ", with the best lr" : ""}`}
            axis={key === "batchSize" ? "batch size" : "lr"}
            picture={steps}
            {...shared}
          />
          <div className="experiment-fields">
            <FormField
              form={form}
              label="loss"
              meaning="target of the chart of steps"
              text={text}
              fault={"error" in target ? target.error : undefined}
              change={setTyped}
            />
          </div>
        </div>
      </div>
      <RunTable rows={rows} second={key} open={open} />
    </>
  );
}
