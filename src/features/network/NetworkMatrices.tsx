import { type PointerEvent, useEffect, useRef } from "react";
import type { Tensor } from "../../core/data/problem";
import { useScheme } from "../../kit/hooks/useScheme";
import { formatNumber } from "../../kit/text/format";
import { cellOf, drawMatrix, type Grid, gridOf, normOf, parameterIn } from "./heat";
import type { NetworkProps } from "./NetworkDrawing";

/** One matrix for each tensor; the caption names its columns and rows. */
export function NetworkMatrices(props: NetworkProps) {
  // A new colour scheme remounts the canvases: their pixels keep the old colours.
  const scheme = useScheme();
  return props.tensors.map((tensor) => <Matrix key={`${tensor.name} ${scheme}`} {...props} tensor={tensor} />);
}

function Matrix({ tensor, values, full, width, picked, onPoint, onPick }: NetworkProps & { readonly tensor: Tensor }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = gridOf(tensor.shape, width);
  const own = values?.subarray(tensor.offset, tensor.offset + tensor.size) ?? null;

  useEffect(() => {
    if (canvas.current && values) {
      const { offset, size, shape } = tensor;
      drawMatrix(canvas.current, gridOf(shape, width), values.subarray(offset, offset + size), full);
    }
  }, [tensor, values, full, width]);

  function parameterUnder({ currentTarget, nativeEvent }: PointerEvent<HTMLCanvasElement>): number | null {
    const cell = currentTarget.getBoundingClientRect().width / grid.columns;
    const column = Math.floor(nativeEvent.offsetX / cell);
    const row = Math.floor(nativeEvent.offsetY / cell);
    return parameterIn(tensor, grid, column, row);
  }

  const at = cellOf(tensor, grid, picked);
  const norm = own && `norm ${formatNumber(normOf(own), 3)}`;
  return (
    <figure className="matrix" aria-hidden="true">
      <figcaption>
        {tensor.name} {tensor.shape.length > 1 && axes(tensor.shape, grid.across)} <b key={norm}>{norm}</b>
      </figcaption>
      <div style={{ width: `min(100%, ${grid.columns * grid.cell}px)` }}>
        <canvas
          ref={canvas}
          width={grid.columns * grid.cell}
          height={grid.rows * grid.cell}
          onPointerMove={(event) => onPoint(parameterUnder(event))}
          onPointerLeave={() => onPoint(null)}
          onPointerDown={(event) => {
            const parameter = parameterUnder(event);
            if (parameter !== null) onPick(parameter);
          }}
        />
        {at && (
          <i
            className="picked-cell"
            style={{
              left: `${(100 * at.column) / grid.columns}%`,
              top: `${(100 * at.row) / grid.rows}%`,
              width: `${100 / grid.columns}%`,
              height: `${100 / grid.rows}%`,
            }}
          />
        )}
      </div>
    </figure>
  );
}

function axes([inputs, units]: readonly number[], across: Grid["across"]): string {
  const of = `${units} unit${units === 1 ? "" : "s"}`;
  return across === "inputs" ? `${inputs} in → ${of} ↓` : `${of} → ${inputs} in ↓`;
}
