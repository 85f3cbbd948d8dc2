import { Measured } from "../../kit/chart/Measured";
import { formatCount, formatNumber } from "../../kit/text/format";
import type { Confusion } from "./fitPicture";

interface Props {
  readonly train: Confusion;
  readonly held: Confusion | null;
  /** The names of the classes; null where they have none. */
  readonly names: readonly string[] | null;
  /** The accessible name. */
  readonly label: string;
}

/** Heights in pixels: of the caption, of the names of the columns, and of a cell from which on its count is written. */
const [captionHeight, nameHeight, leastWritten] = [15, 13, 9];
/** The width of the names of the rows, and the space between two matrices, in pixels. */
const [nameWidth, gap] = [36, 12];

/** The confusion matrices of training rows and of held-out rows side by side: classes down, predicted classes across. */
export function FitClasses({ train, held, names, label }: Props) {
  const texts = [captionOf(train, "training"), ...(held ? [captionOf(held, "held-out")] : [])];
  return (
    <Measured className="plot fit-classes" role="img" aria-label={`${label}: ${texts.join("; ")}`}>
      {({ width, height }) => {
        const matrices = held ? [train, held] : [train];
        const each = (width - gap * (matrices.length - 1)) / matrices.length;
        const classes = train.counts.length;
        const cell = Math.max(
          2,
          Math.min((each - nameWidth) / classes, (height - captionHeight - nameHeight) / classes, 34),
        );
        return (
          <svg width={width} height={height} aria-hidden="true">
            {matrices.map((confusion, m) => (
              <g key={texts[m]} transform={`translate(${m * (each + gap)} 0)`}>
                <text y={captionHeight - 5} fontSize={11.5} fontWeight={600}>
                  {texts[m]}
                </text>
                <Matrix counts={confusion.counts} cell={cell} names={names} />
              </g>
            ))}
          </svg>
        );
      }}
    </Measured>
  );
}

function Matrix({ counts, cell, names }: Pick<Confusion, "counts"> & Pick<Props, "names"> & { readonly cell: number }) {
  const most = Math.max(1, ...counts.flat());
  const isWritten = cell >= leastWritten;
  const size = Math.min(12, cell * 0.78);
  return (
    <g transform={`translate(${nameWidth} ${captionHeight + nameHeight})`}>
      {counts.map((predicted, k) => (
        <g key={k}>
          {isWritten && (
            <>
              <text className="axis" x={-4} y={(k + 0.5) * cell + size * 0.35} fontSize={size} textAnchor="end">
                {nameOf(names, k)}
              </text>
              <text className="axis" x={(k + 0.5) * cell} y={-4} fontSize={size} textAnchor="middle">
                {cell > 24 || !names ? nameOf(names, k) : k}
              </text>
            </>
          )}
          {predicted.map((count, j) => (
            <g key={j}>
              <rect
                className={j === k ? "right" : "wrong"}
                x={j * cell}
                y={k * cell}
                width={cell}
                height={cell}
                fillOpacity={0.5 * Math.sqrt(count / most)}
              />
              {isWritten && count > 0 && (
                <text x={(j + 0.5) * cell} y={(k + 0.5) * cell + size * 0.35} fontSize={size} textAnchor="middle">
                  {count}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
    </g>
  );
}

const captionOf = ({ rows, correct }: Confusion, kind: string): string =>
  `${formatCount(rows)} ${kind} rows: ${formatNumber((100 * correct) / rows, 3)}%`;

/** The number of a class, or the first letters of its name. */
const nameOf = (names: Props["names"], k: number): string => names?.[k]?.slice(0, 4) ?? String(k);
