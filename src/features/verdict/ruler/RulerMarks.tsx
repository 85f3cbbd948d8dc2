import type { Verdict } from "../../../core/history/alpha";
import { type Rule, ruleTexts } from "../../../core/recipe/recipe";
import { formatNumber, formatRatio, formatStep } from "../../../kit/text/format";
import { type RulerAxis, shareOf } from "./rulerAxis";
import { besideLine, bracketText, centred, rows, whiskerPath, widthOf } from "./rulerLayout";
import { shareInside } from "./rulerRate";

/** The best step along d on one minibatch. */
export interface BestStep {
  readonly verdict: Verdict;
  readonly alphaStar: number;
}

/** The measured step that the ruler marks. */
export interface MarkedStep extends BestStep {
  /** The standard error of α*; NaN where it is undefined. */
  readonly error: number;
  /** The same d on the next minibatch; null where the step was not judged. */
  readonly next: BestStep | null;
  /** The step size s along d. */
  readonly taken: number;
  /** The rule that gave s: `lr` also where a greedy rule has no step size. */
  readonly rule: Rule;
}

interface Props {
  readonly axis: RulerAxis;
  readonly width: number;
  readonly step: MarkedStep;
  /** The learning rate, at the handle. */
  readonly lr: number;
  /** Whether to draw a bracket from the step taken, or from the equal learning rate, to α*. */
  readonly bracket: boolean;
}

/** Whether the step taken differs from the learning rate, and has a mark of its own. */
export const isElsewhere = ({ taken }: MarkedStep, lr: number): boolean =>
  taken > 0 && Math.abs(taken / lr - 1) > 0.005;

/** The step sizes with a vertical line. */
export function linesOf(step: MarkedStep, lr: number): number[] {
  const { verdict, alphaStar, taken, rule } = step;
  // For the rule lr the line of the step taken ends below the handle's label, and cannot cross it.
  return [...(verdict === "minimum" ? [alphaStar] : []), ...(rule !== "lr" && isElsewhere(step, lr) ? [taken] : [])];
}

/** α* of one step, the step taken if it differs from the learning rate, and a bracket with the ratio of the two. */
export function RulerMarks({ axis, width, step, lr, bracket }: Props) {
  const { verdict, alphaStar, taken, rule } = step;
  const greedy = rule !== "lr";
  return (
    <>
      {isElsewhere(step, lr) && (
        <Taken axis={axis} width={width} taken={taken} rule={rule} awayFrom={greedy ? alphaStar : lr} />
      )}
      {verdict === "minimum" && (
        <Star {...step} axis={axis} width={width} from={greedy ? taken : lr} bracket={bracket} />
      )}
      {verdict === "behind" && (
        <g className="ruler-behind">
          <path d={`M-4 ${rows.star - 4}l10 -6v12z`} />
          <text x={12} y={rows.star}>
            α* ≤ 0: not on this axis
          </text>
        </g>
      )}
    </>
  );
}

type StarProps = Omit<Props, "step" | "lr"> & Pick<MarkedStep, "alphaStar" | "error"> & { readonly from: number };

function Star({ axis, width, alphaStar, error, from, bracket }: StarProps) {
  const [start, end] = [shareInside(axis, from) * width, shareInside(axis, alphaStar) * width];
  const ratio = bracketText(alphaStar / from, formatRatio);
  const text = `α* ${formatNumber(alphaStar, 3)}`;
  const place = besideLine(end, widthOf(text, 15, "bold"), width, end >= start ? "right" : "left");
  return (
    <>
      {bracket && (
        <>
          <path
            className="ruler-bracket"
            d={`M${start} ${rows.bracket + 7}V${rows.bracket}H${end}V${rows.bracket + 7}`}
          />
          <text
            className="ruler-ratio"
            x={centred((start + end) / 2, widthOf(ratio, 17, "bold"), width)}
            y={rows.ratio}
          >
            {ratio}
          </text>
        </>
      )}
      <path className="ruler-star" d={`M${end} ${rows.bracket + 1}V${rows.axis}`} />
      {Number.isFinite(error) && <path className="ruler-error" d={whiskerPath(axis, width, alphaStar, error)} />}
      <StarPoint className="ruler-star-dot" axis={axis} width={width} alphaStar={alphaStar} />
      <text className="ruler-star-label" x={place.x} y={rows.star} textAnchor={place.anchor}>
        {text}
      </text>
    </>
  );
}

type PointProps = Pick<Props, "axis" | "width"> & { readonly className: string; readonly alphaStar: number };

/** A dot on the axis; an outward arrow for α* beyond its end. */
export function StarPoint({ className, axis, width, alphaStar }: PointProps) {
  const share = shareOf(axis, alphaStar);
  const x = shareInside(axis, alphaStar) * width;
  if (share === shareInside(axis, alphaStar)) return <circle className={className} cx={x} cy={rows.axis} r={5} />;
  const out = share < 0 ? -1 : 1;
  return <path className={className} d={`M${x} ${rows.axis - 7}l${10 * out} 7l${-10 * out} 7z`} />;
}

function Taken(
  props: Pick<Props, "axis" | "width"> & Pick<MarkedStep, "taken" | "rule"> & { readonly awayFrom: number },
) {
  const { axis, width, taken, rule, awayFrom } = props;
  const greedy = rule !== "lr";
  const x = shareInside(axis, taken) * width;
  const text = `${greedy ? `s = ${ruleTexts[rule]}` : "step taken"} ${formatStep(taken)}`;
  const place = besideLine(x, widthOf(text, 13, "bold"), width, taken < awayFrom ? "left" : "right");
  return (
    <g className="ruler-taken">
      <path d={`M${x} ${(greedy ? rows.bracket : rows.taken) + (greedy ? 1 : -10)}V${rows.axis}`} />
      <path d={`M${x} ${rows.axis - 7}l6 7l-6 7l-6 -7z`} />
      <text x={place.x} y={rows.taken} textAnchor={place.anchor}>
        {text}
      </text>
    </g>
  );
}
