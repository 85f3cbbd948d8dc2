import type { PointerEvent, ReactNode } from "react";
import type { Domain } from "./domains";
import "./chart.css";

/** A position in the plot area as shares of its width and height, from its lower left corner. */
export interface PlotPosition {
  readonly left: number;
  /** Absent where only the distance along the x axis counts. */
  readonly up?: number;
}

interface Props {
  readonly points: readonly PlotPosition[];
  /** Receives the index of the point next to the pointer; null where the pointer has left the plot. */
  readonly point: (index: number | null) => void;
  /** Receives the index of a point that is pressed. */
  readonly pick?: (index: number) => void;
  readonly children?: ReactNode;
}

/** The area inside the axes of a `PlotFrame`, which finds the point next to the pointer. */
export function PlotOverlay({ points, point, pick, children }: Props) {
  function nearest({ currentTarget, clientX, clientY }: PointerEvent): number | null {
    const box = currentTarget.getBoundingClientRect();
    const distance = ({ left, up }: PlotPosition) =>
      Math.hypot(box.left + left * box.width - clientX, up === undefined ? 0 : box.bottom - up * box.height - clientY);
    const distances = points.map(distance);
    const index = distances.indexOf(Math.min(...distances));
    return index < 0 ? null : index;
  }

  return (
    <div
      className={pick ? "plot-overlay picking" : "plot-overlay"}
      onPointerMove={(event) => point(nearest(event))}
      onPointerLeave={() => point(null)}
      onPointerUp={(event) => {
        const index = nearest(event);
        if (pick && index !== null && event.button === 0) pick(index);
      }}
    >
      {children}
    </div>
  );
}

/** The position of a value on an axis: 0 at its low end, 1 at its high end. */
export function shareOn({ lo, hi }: Domain, value: number, scale: "log" | "linear"): number {
  return scale === "log" ? Math.log(value / lo) / Math.log(hi / lo) : (value - lo) / (hi - lo);
}
