import type { Optimiser } from "../../core/recipe/recipe";
import { formula as direction } from "./direction.tex";
import { formula as directionDecay } from "./directionDecay.tex";
import { formula as directionMomentum } from "./directionMomentum.tex";
import { formula as directionRms } from "./directionRms.tex";
import { formula as directionSgd } from "./directionSgd.tex";
import type { FormulaNode } from "./formulaNode";
import { formula as gradient } from "./gradient.tex";
import { formula as memory } from "./memory.tex";
import { formula as mHat } from "./mHat.tex";
import { formula as mHatNadam } from "./mHatNadam.tex";
import { formula as moments } from "./moments.tex";
import { formula as secondMemory } from "./secondMemory.tex";
import { formula as vHat } from "./vHat.tex";
import { formula as vHatMax } from "./vHatMax.tex";

/** An optimiser's own lines: what it made of one parameter's gradient. */
export const updateFormulas: Readonly<Record<Optimiser, readonly FormulaNode[]>> = {
  adam: [moments, mHat, vHat, direction],
  sgd: [gradient, directionSgd],
  momentum: [memory, directionMomentum],
  rmsprop: [gradient, secondMemory, directionRms],
  adamw: [moments, mHat, vHat, directionDecay],
  amsgrad: [moments, mHat, vHatMax, direction],
  nadam: [moments, mHatNadam, vHat, direction],
};
