import { useEffect, useMemo, useRef } from "react";
import type { Field } from "../../core/history/fields";
import { largestOf, steadyScale } from "./network";

/** The |value| drawn at full size; kept while it fits (`steadyScale`), reset when the field changes. */
export function useSteadyScale(field: Field, values: Readonly<Float64Array> | null): number {
  const before = useRef<{ readonly field: Field; readonly full: number } | null>(null);
  const last = before.current?.field === field ? before.current.full : null;
  const largest = useMemo(() => (values ? largestOf(values) : 0), [values]);
  const full = steadyScale(largest, last);
  useEffect(() => {
    before.current = { field, full };
  }, [field, full]);
  return full;
}
