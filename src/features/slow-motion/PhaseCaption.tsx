import { useStore } from "zustand";
import type { Session } from "../../session/session";
import type { SlowPhase } from "../../session/slowMotion";
import { phaseCaption } from "./slowMotionText";
import { stepFacts } from "./stepFacts";

interface Props {
  readonly session: Session;
  readonly phase: SlowPhase;
  readonly step: number;
}

/** A phase of a step in words, with the numbers of the step. */
export function PhaseCaption({ session, phase, step }: Props) {
  const picked = useStore(session.view, (view) => view.picked);
  const inspection = useStore(session.inspection, (state) => state.inspection);
  const facts = stepFacts(session.history(), session.store.getState().recipe, step, picked, inspection);
  return facts && phaseCaption(phase, facts);
}
