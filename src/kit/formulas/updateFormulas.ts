import type { Optimiser } from "../../core/recipe/recipe";
import type { FormulaNode } from "./formulaNode";
import { formula as direction } from "./tex/direction.tex";
import { formula as directionDecay } from "./tex/directionDecay.tex";
import { formula as directionMomentum } from "./tex/directionMomentum.tex";
import { formula as directionRms } from "./tex/directionRms.tex";
import { formula as directionSgd } from "./tex/directionSgd.tex";
import { formula as directionSign } from "./tex/directionSign.tex";
import { formula as firstMoment } from "./tex/firstMoment.tex";
import { formula as gradient } from "./tex/gradient.tex";
import { formula as mHat } from "./tex/mHat.tex";
import { formula as mHatNadam } from "./tex/mHatNadam.tex";
import { formula as moments } from "./tex/moments.tex";
import { formula as secondMoment } from "./tex/secondMoment.tex";
import { formula as vHat } from "./tex/vHat.tex";
import { formula as vHatMax } from "./tex/vHatMax.tex";

/** The formulas of each optimiser's update of one parameter, from the gradient to d. */
export const updateFormulas: Readonly<Record<Optimiser, readonly FormulaNode[]>> = {
  adam: [moments, mHat, vHat, direction],
  sgd: [gradient, directionSgd],
  momentum: [firstMoment, directionMomentum],
  rmsprop: [gradient, secondMoment, directionRms],
  adamw: [moments, mHat, vHat, directionDecay],
  amsgrad: [moments, mHat, vHatMax, direction],
  nadam: [moments, mHatNadam, vHat, direction],
  lion: [gradient, firstMoment, directionSign],
};
