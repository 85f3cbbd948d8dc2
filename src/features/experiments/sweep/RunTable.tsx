import { useState } from "react";
import type { SweepRow } from "../../../core/experiment/runSummary";
import type { SecondKey } from "../../../core/experiment/sweep";
import { formatNumber, formatValue } from "../../../kit/text/format";
import { runText, secondLabel } from "./sweepText";

interface Props {
  readonly rows: readonly SweepRow[];
  readonly second: SecondKey | null;
  readonly open: (row: SweepRow) => void;
}

/** All runs of a sweep, each with a button that opens it; drawn while it is unfolded. */
export function RunTable({ rows, second, open }: Props) {
  const [shown, setShown] = useState(false);
  const hasHeld = rows.some(({ held }) => held);
  return (
    <details className="run-table" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>All runs</summary>
      {shown && (
        <table>
          <thead>
            <tr>
              <th scope="col">lr</th>
              {second && <th scope="col">{secondLabel[second]}</th>}
              <th scope="col">seed</th>
              <th scope="col">loss</th>
              {hasHeld && <th scope="col">held out</th>}
              <th scope="col">median α*</th>
              <th scope="col">run</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.value} ${row.lr} ${row.seed}`}>
                <td>{formatValue(row.lr)}</td>
                {second && <td>{String(row.value)}</td>}
                <td>{row.seed}</td>
                <td>{row.diverged ? "diverged" : formatNumber(row.train.loss)}</td>
                {hasHeld && <td>{formatNumber(row.held?.loss ?? Number.NaN)}</td>}
                <td>{formatNumber(row.alphaStar ?? Number.NaN, 2)}</td>
                <td>
                  <button
                    type="button"
                    className="button small"
                    aria-label={`Open the run ${runText(row, second)}`}
                    onClick={() => open(row)}
                  >
                    Open
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
