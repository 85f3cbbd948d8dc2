import { type PointerEvent, useMemo } from "react";
import type { Tensor } from "../../core/data/problem";
import { signStroke } from "../../kit/text/palette";
import { bundlesOf, type Drawing, drawingOf, parameterAt, sizeOf, type Unit } from "./network";

/** Space below the units for their labels, in CSS pixels. */
const labelHeight = 16;

/** The properties of a drawing of all parameters. */
export interface NetworkProps {
  readonly tensors: readonly Tensor[];
  /** One value a parameter, flat in the order of the tensors; null before the first step. */
  readonly values: Readonly<Float64Array> | null;
  /** The |value| drawn at full size. */
  readonly full: number;
  /** The inner size of the box, in CSS pixels. Matrices may be higher: the box scrolls. */
  readonly width: number;
  readonly height: number;
  /** The selected parameter. */
  readonly picked: number;
  onPoint(parameter: number | null): void;
  onPick(parameter: number): void;
}

/**
 * Units as circles and weights as lines: the width of a line is |value|, blue and solid for a positive weight, orange and dashed
 * for a negative one. Biases are discs in the units.
 */
export function NetworkDrawing({ tensors, values, full, width, height, picked, onPoint, onPick }: NetworkProps) {
  const drawing = useMemo(() => drawingOf(tensors, width, height - labelHeight), [tensors, width, height]);
  const bundles = useMemo(() => (values ? bundlesOf(drawing, values, full) : []), [drawing, values, full]);

  function parameterUnder({ nativeEvent }: PointerEvent<SVGSVGElement>): number | null {
    return parameterAt(drawing, nativeEvent.offsetX, nativeEvent.offsetY);
  }

  return (
    <svg
      className="network-drawing"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      onPointerMove={(event) => onPoint(parameterUnder(event))}
      onPointerLeave={() => onPoint(null)}
      onPointerDown={(event) => {
        const parameter = parameterUnder(event);
        if (parameter !== null) onPick(parameter);
      }}
    >
      <Picked drawing={drawing} parameter={picked} />
      {bundles.map(({ key, path, sign, share }) => (
        <path
          key={key}
          d={path}
          {...signStroke(sign)}
          strokeWidth={0.5 + 3 * share}
          strokeOpacity={0.35 + 0.65 * share}
        />
      ))}
      {drawing.layers.flat().map((unit, k) => (
        <g key={k}>
          <circle className="unit" cx={unit.x} cy={unit.y} r={drawing.radius} />
          {values && unit.bias !== null && (
            <Bias unit={unit} value={values[unit.bias] ?? 0} full={full} most={drawing.radius - 1.5} />
          )}
        </g>
      ))}
      {drawing.layers.map((units, l) => {
        const [first, last] = [l === 0, l === drawing.layers.length - 1];
        return (
          <text
            key={l}
            x={first ? 0 : last ? width : units[0]?.x}
            y={height - 3}
            textAnchor={first ? "start" : last ? "end" : "middle"}
          >
            {counted(units.length, first ? "input" : last ? "output" : "unit")}
          </text>
        );
      })}
    </svg>
  );
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** A bias as a disc in its unit, with |value| as its area: filled if positive, a ring if negative. */
function Bias({
  unit,
  value,
  full,
  most,
}: {
  readonly unit: Unit;
  readonly value: number;
  readonly full: number;
  readonly most: number;
}) {
  const share = sizeOf(value, full);
  if (share === 0) return null;
  const r = Math.max(0.8, most * Math.sqrt(share));
  const { stroke } = signStroke(value > 0 ? 1 : -1);
  return value > 0 ? (
    <circle cx={unit.x} cy={unit.y} r={r} fill={stroke} />
  ) : (
    <circle cx={unit.x} cy={unit.y} r={Math.max(0.4, r - 0.7)} fill="none" stroke={stroke} strokeWidth={1.4} />
  );
}

/** A halo around the selected parameter, under the lines. */
function Picked({ drawing, parameter }: { readonly drawing: Drawing; readonly parameter: number }) {
  const link = drawing.links.find((candidate) => candidate.parameter === parameter);
  if (link) {
    const { from, to } = link;
    return (
      <line className="picked" x1={from.x} y1={from.y} x2={to.x} y2={to.y} strokeWidth={8} strokeLinecap="round" />
    );
  }
  const unit = drawing.layers.flat().find(({ bias }) => bias === parameter);
  return unit ? <circle className="picked" cx={unit.x} cy={unit.y} r={drawing.radius + 2} strokeWidth={4} /> : null;
}
