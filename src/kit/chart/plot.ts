/** The plot's area and scales, for marks that a feature draws inside the axes. */
export { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
