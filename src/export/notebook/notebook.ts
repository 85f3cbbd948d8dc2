import { caseOf, type RunSoFar } from "../../core/files/runfile";
import { thresholdAt } from "../../core/history/threshold";
import { linkOf } from "../../core/recipe/link";
import { cellsOf } from "../cells";
import { boundsOf } from "./bounds";
import { recordedMarkdown, titleMarkdown, toleranceMarkdown } from "./cellTexts";
import { boundsCode, dataCode, recordedCode, settingsCode } from "./code";
import { heldCells, withCellsAfter } from "./heldOut";
import body from "./notebook.py?raw";
import { optimiserCells } from "./optimiser";

/** The most steps that a notebook computes, for the sake of its running time and file size. */
const notebookSteps = 2000;
/** The steps that a notebook computes for a run at step 0; none of them is compared. */
const previewSteps = 100;

/**
 * The run as a PyTorch notebook (nbformat 4.5), self-contained: data, initial parameters, row orders, settings and edits;
 * the optimiser's direction, slope, curvature and α* in plain PyTorch; and a last cell that compares these with the browser's
 * measurements and fails if a difference exceeds its stated bound.
 *
 * @throws RangeError if the steps have more shuffled epochs than a case can list
 */
export function notebookOf({ recipe, start, history, engine, app }: RunSoFar): string {
  const recorded = Math.min(history.length, notebookSteps);
  const from = caseOf(recipe, start, recorded || previewSteps);
  const facts = { engine, app, link: linkOf(recipe), taken: history.length, recorded };
  const bounds = boundsOf[engine];
  const cells = cellsOf(body, {
    title: titleMarkdown(from, facts),
    "settings-code": settingsCode(from, recipe, bounds.rounding),
    "data-code": dataCode(from),
    recorded: recordedMarkdown(facts),
    "recorded-code": recordedCode(history, recorded, thresholdAt(recipe, from.steps)),
    compare: toleranceMarkdown(facts),
    "bounds-code": boundsCode(bounds),
  });
  const withUpdate = withCellsAfter(cells, "loss-code", optimiserCells(recipe.optimiser));
  const notebook = {
    cells: withCellsAfter(withUpdate, "run-code", heldCells(from)),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
