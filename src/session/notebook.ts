import { fetchPart } from "../core/async/fetchPart";
import { messageOf } from "../core/errors";
import type { AlongProbe, OtherDirection, QuadraticModel, SpectrumProbe } from "../engine/inspect/probes/probes";
import type { MeasuredStep } from "../export/notebook/code";
import { notebookOf, stepsToMeasure } from "../export/notebook/notebook";
import type { Session } from "./session";

/** The directions by the names of the notebook; Muon's and Newton's directions are not in the notebook. */
const directionNames: Readonly<Record<OtherDirection, string | null>> = {
  gradient: "-g",
  momentum: "-m",
  sign: "-sign g",
  muon: null,
  newton: null,
};

/**
 * The run as a PyTorch notebook, with probes and scores that the observer measures for it.
 * Where the observer does not answer, a notice says so, and the notebook has no probes and scores.
 *
 * @throws Error where the run is changed meanwhile, or no run is loaded
 */
export async function measuredNotebook(session: Session): Promise<string> {
  const before = session.runSoFar();
  const steps = stepsToMeasure(before);
  let measured: MeasuredStep[] = [];
  try {
    for (const step of steps) measured.push(await measure(session, step, before.start.held !== null));
  } catch (error) {
    measured = [];
    session.notify("info", `The notebook has no probes. ${messageOf(error)}`);
  }
  const { measuredCells: cells } = await fetchPart(
    "The writer of notebooks",
    () => import("../export/notebook/measuredCells"),
  );
  const after = session.runSoFar();
  const unchanged = after.history === before.history && after.recipe === before.recipe;
  if (!unchanged || after.history.length < Math.max(0, ...steps)) {
    throw new Error("The run has been changed while its notebook was made. Export the notebook again.");
  }
  return notebookOf(after, measured.length > 0 ? { steps: measured, cells } : null);
}

async function measure(session: Session, step: number, scored: boolean): Promise<MeasuredStep> {
  const options = { on: "batch", resamples: 1 } as const;
  const along = await session.probe("along", step, options);
  const spectrum = await session.probe("spectrum", step, options);
  const scores = scored && (await scoresAfter(session, step));
  return { step, values: { ...(along && valuesAlong(along)), ...(spectrum?.complete && ends(spectrum)), ...scores } };
}

function valuesAlong({ batch, full, layers, others }: AlongProbe): Record<string, number> {
  const named = [
    modelValues("this batch", batch),
    modelValues("all data", full),
    ...layers.map(({ alone, slopeShare, curvatureShare }, l) =>
      modelValues(`fc${l + 1}`, { slope: slopeShare, curvature: curvatureShare, alphaStar: alone.alphaStar }),
    ),
    ...others.map((other) => modelValues(directionNames[other.name], other)),
  ];
  return Object.assign({}, ...named);
}

function modelValues(name: string | null, { slope, curvature, alphaStar }: Omit<QuadraticModel, "verdict">): object {
  return name === null
    ? {}
    : { [`${name}, slope`]: slope, [`${name}, curvature`]: curvature, [`${name}, α*`]: alphaStar };
}

function ends({ hessian, preconditioned, threshold }: SpectrumProbe): Record<string, number> {
  return {
    "H, largest": hessian.values.at(-1) as number,
    "H, smallest": hessian.values[0] as number,
    "P^-½HP^-½, largest": preconditioned.values.at(-1) as number,
    "P^-½HP^-½, smallest": preconditioned.values[0] as number,
    ...(threshold !== null && Number.isFinite(threshold) && { threshold }),
  };
}

async function scoresAfter(session: Session, step: number): Promise<Record<string, number>> {
  const { theta, direction, stepTaken } = await session.inspect(step);
  const after = theta.map((p, i) => p + stepTaken * (direction[i] as number));
  const { train, held } = await session.evaluate(after);
  const rows = { "training rows": train, "held-out rows": held };
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, score]) => [
      ...(score ? [[`${name}, loss`, score.loss] as const] : []),
      ...(score?.accuracy != null ? [[`${name}, accuracy`, score.accuracy] as const] : []),
    ]),
  );
}
