import type { ReactNode } from "react";
import { Hint } from "../../kit/ui/Hint";

interface Row {
  readonly key: string;
  readonly name: ReactNode;
  readonly cells: readonly string[];
  /** The values are from an earlier step than the other rows. */
  readonly stale?: boolean;
}

interface TableProps {
  /** Wider columns, for numbers with an error bound. */
  readonly wide?: boolean;
  readonly title: string;
  readonly hint: readonly string[];
  readonly columns: readonly ReactNode[];
  readonly rows: readonly Row[];
  /** The cells of a last row: the column sums. */
  readonly sums?: readonly string[];
}

/** A table of numbers. */
export function ProbeTable({ wide = false, title, hint, columns, rows, sums }: TableProps) {
  return (
    <table className={wide ? "wide" : undefined}>
      <caption>
        {title} <Hint about={title} texts={hint} />
      </caption>
      <thead>
        <tr>
          <td />
          {columns.map((column, k) => (
            <th key={k} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cells, stale = false }) => (
          <tr key={key} className={stale ? "late" : undefined}>
            <th scope="row">{name}</th>
            <Cells cells={cells} />
          </tr>
        ))}
      </tbody>
      {sums && (
        <tfoot>
          <tr>
            <th scope="row">sum</th>
            <Cells cells={sums} />
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** The key is the text: a changed number is a new element, which does not count as a layout shift. */
function Cells({ cells }: { readonly cells: readonly string[] }) {
  return cells.map((cell, k) => (
    <td key={k}>
      <span key={cell}>{cell}</span>
    </td>
  ));
}
