import { optimisers } from "../../core/recipe/optimisers";
import type { Optimiser } from "../../core/recipe/recipe";
import type { Inspection } from "./inspector";
import type { OtherDirection } from "./probes/probes";

export interface NamedDirection {
  readonly name: OtherDirection;
  readonly p: Float64Array;
}

/** −g and −sign(g) of the gradient given, and −m̂ = −m/c₁ where the optimiser has momentum; each P long. */
export function otherDirections(
  { m, update }: Inspection,
  gradient: Float64Array,
  optimiser: Optimiser,
): readonly NamedDirection[] {
  const all: readonly NamedDirection[] = [
    { name: "gradient", p: gradient.map((g) => -g) },
    { name: "momentum", p: m.map((value) => -value / update.c1) },
    { name: "sign", p: gradient.map((g) => -Math.sign(g)) },
  ];
  return all.filter(({ name }) => name !== "momentum" || optimisers[optimiser].momentum);
}
