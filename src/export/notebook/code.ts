import { encodeFloat32 } from "../../core/files/base64";
import type { Case } from "../../core/files/case";
import { judgedNumbers } from "../../core/files/laterColumns";
import type { History } from "../../core/history/history";
import type { Recipe } from "../../core/recipe/recipe";
import type { Bounds } from "./bounds";
import { dictOf, listOf, literal, textBlock } from "./python";
import { schedulesCode } from "./schedules";

/** Code that defines the network, the settings, the edits and the schedules; later cells use these names. */
export function settingsCode(
  { sizes, activation, loss, steps, start }: Case,
  { edits }: Recipe,
  rounding: number,
): string {
  // The row orders contain the effect of `shuffle`.
  const lines = edits.flatMap(({ step, shuffle: _, schedule: __, ...settings }) =>
    step <= steps && Object.keys(settings).length > 0 ? [`    ${step}: ${dictOf(settings)},\n`] : [],
  );
  return `SIZES = ${listOf(sizes)}
ACTIVATION = ${literal(activation)}
LOSS = ${literal(loss)}
STEPS = ${steps}
START = ${dictOf({ ...start, sigma: start.sigma ?? 1 })}
EDITS = {${lines.length > 0 ? `\n${lines.join("")}` : ""}}
ROUNDING = ${literal(rounding)}  # a curvature below this fraction of its terms counts as zero
${schedulesCode(edits, steps)}`;
}

/** Code that defines data, initial parameters and row orders. Row numbers are also float32, which is exact up to 2²⁴. */
export function dataCode({ weights, biases, x, y, order, ahead = {} }: Case): string {
  const parameters = weights.flatMap((weight, l) => [weight, biases[l] as string]);
  const rowsOf = (rows: readonly number[]) => `unpack(${textBlock(encodeFloat32(rows))}, -1).long()`;
  const orders = order?.map(rowsOf);
  const seenAhead = Object.entries(ahead).map(([epoch, rows]) => `    ${epoch}: ${rowsOf(rows)},\n`);
  return `def unpack(text, *shape):
    values = torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)
    return values.to(torch.float64).reshape(*shape)


X = unpack(${textBlock(x)}, -1, SIZES[0])
Y = unpack(${textBlock(y)}, -1, SIZES[-1])
SHAPES = [shape for ins, outs in zip(SIZES, SIZES[1:]) for shape in ((ins, outs), (outs,))]
INITIAL = [
    unpack(text, *shape)
    for shape, text in zip(
        SHAPES,
        [
${parameters.map((text) => `${textBlock(text)},`).join("\n")}
        ],
    )
]
ORDERS = [${orders ? `\n${orders.map((text) => `${text},`).join("\n")}\n` : "torch.arange(len(X))"}]
AHEAD = {${seenAhead.length > 0 ? `\n${seenAhead.join("")}` : ""}}`;
}

const quantities = ["lr", "loss", "slope", "curvature", "alphaStar", ...judgedNumbers] as const;

/** The page's probes and scores of a step, under the names that `probes.py` and `heldOut.py` use; null where not defined or not finite. */
export interface MeasuredStep {
  readonly step: number;
  readonly values: Readonly<Record<string, number | null>>;
}

/** Code that defines the measurements of the first `steps` steps, with the norm of d for each tensor, and the probes and scores of single steps. */
export function recordedCode(history: History, steps: number, measured: readonly MeasuredStep[]): string {
  const columns = quantities.map((name) => `    ${literal(name)}: ${listOf(history.values(name, 1, steps))},\n`);
  const verdicts = Array.from({ length: steps }, (_, i) => history.verdict(i + 1) ?? "diverged");
  const nextVerdicts = Array.from({ length: steps }, (_, i) => history.nextVerdict(i + 1));
  const norms = Array.from({ length: steps }, (_, i) =>
    listOf(history.tensors.map((_, t) => history.norm("directionNorms", t, i + 1))),
  );
  const page = measured.map(({ step, values }) => `    ${step}: ${dictOf(values)},\n`);
  return `RECORDED = {
${columns.join("")}    "verdict": ${listOf(verdicts)},
    "nextVerdict": ${listOf(nextVerdicts)},
    "norms": [${norms.join(", ")}],
}
PAGE = {${page.length > 0 ? `\n${page.join("")}` : ""}}`;
}

export function boundsCode({ compared, twin, margin, bound, tiny, verdicts }: Bounds): string {
  return `COMPARED = ${compared}  # steps
BOUND = ${bound.toExponential()}
TINY = ${tiny.toExponential()}  # floor, as a fraction of the largest value so far
TWIN = ${literal(twin)}  # relative rounding error of a parameter
MARGIN = ${margin}
VERDICTS_MUST_AGREE = ${verdicts ? "True" : "False"}`;
}
