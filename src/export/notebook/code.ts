import { encodeFloat32 } from "../../core/files/base64";
import type { Case } from "../../core/files/case";
import type { History } from "../../core/history/history";
import type { Bounds } from "./bounds";
import { dictOf, listOf, literal, textBlock } from "./python";

/** Network, step settings and edits, as the cells after it name them. */
export function settingsCode({ sizes, activation, loss, steps, start, changes }: Case, rounding: number): string {
  const edits = Object.entries(changes)
    .map(([step, settings]) => [Number(step), settings] as const)
    .filter(([step]) => step <= steps)
    .sort(([a], [b]) => a - b);
  const lines = edits.map(([step, settings]) => `    ${step}: ${dictOf(settings)},\n`);
  return `SIZES = ${listOf(sizes)}
ACTIVATION = ${literal(activation)}
LOSS = ${literal(loss)}
STEPS = ${steps}
START = ${dictOf({ ...start, sigma: start.sigma ?? 1 })}
EDITS = {${lines.length > 0 ? `\n${lines.join("")}` : ""}}
ROUNDING = ${literal(rounding)}  # a curvature within this share of its terms counts as zero`;
}

/** Data, initial parameters and row orders. Row numbers are float32 too, which holds whole numbers up to 2²⁴. */
export function dataCode({ weights, biases, x, y, order }: Case): string {
  const parameters = weights.flatMap((weight, l) => [weight, biases[l] as string]);
  const orders = order?.map((rows) => `unpack(${textBlock(encodeFloat32(rows))}, -1).long()`);
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
ORDERS = [${orders ? `\n${orders.map((text) => `${text},`).join("\n")}\n` : "torch.arange(len(X))"}]`;
}

const quantities = ["loss", "slope", "curvature", "alphaStar"] as const;

/** What was measured at the first `steps` steps. */
export function recordedCode(history: History, steps: number): string {
  const columns = quantities.map((name) => `    ${literal(name)}: ${listOf(history.values(name, 1, steps))},\n`);
  const verdicts = Array.from({ length: steps }, (_, i) => history.verdict(i + 1) ?? "diverged");
  return `RECORDED = {\n${columns.join("")}    "verdict": ${listOf(verdicts)},\n}`;
}

export function boundsCode({ compared, twin, margin, bound, tiny, verdicts }: Bounds): string {
  return `COMPARED = ${compared}  # steps
BOUND = ${bound.toExponential()}
TINY = ${tiny.toExponential()}  # of the largest value so far: the floor
TWIN = ${literal(twin)}  # one rounding of a parameter, relative
MARGIN = ${margin}
VERDICTS_MUST_AGREE = ${verdicts ? "True" : "False"}`;
}
