import { useEffect, useRef } from "react";
import type { Field } from "./fields";
import { steadyScale } from "./network";

/** The |value| drawn at full size, for one field at a time: it holds while it fits (`steadyScale`). */
export function useSteadyScale(field: Field, values: Readonly<Float64Array> | null): number {
  const before = useRef<{ readonly field: Field; readonly full: number } | null>(null);
  const last = before.current?.field === field ? before.current.full : null;
  const full = values ? steadyScale(values, last) : (last ?? 1);
  useEffect(() => {
    before.current = { field, full };
  }, [field, full]);
  return full;
}
