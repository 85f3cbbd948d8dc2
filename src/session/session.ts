import type { StoreApi } from "zustand/vanilla";
import type { Table } from "../core/data/table";
import type { Range } from "../core/experiment/range";
import type { RunFile } from "../core/files/runFileSchema";
import type { RunSoFar } from "../core/files/runfile";
import type { History } from "../core/history/history";
import type { Settings } from "../core/recipe/recipe";
import type { Evaluation } from "../engine/evaluate";
import type { RangeTest } from "../engine/experiment/rangeTest";
import type { Inspection } from "../engine/inspect/inspector";
import type { EdgeProbe, ProbeAnswers, ProbeKind, ProbeOptions } from "../engine/inspect/probes/probes";
import type { ComparedRunsState } from "./compare/comparedRuns";
import type { LessonState } from "./lesson/lessonState";
import type { EdgeState } from "./observe/edge";
import type { EvaluationState } from "./observe/evaluation";
import type { FitState } from "./observe/fit";
import type { InspectionState } from "./observe/inspection";
import type { ProbesState } from "./observe/probes";
import type { Shown } from "./observe/shown";
import type { EngineSpeed, MeasureOptions } from "./run/measureEngines";
import type { Notice, NoticeOptions, RunState } from "./state";
import type { PageView } from "./view/pageView";

/**
 * The run and all commands on it. `window.alphascope` and the page's controls call the same methods. Methods that return a
 * promise reject for faults in their input (`InputError`); the run is then unchanged.
 */
export interface Session {
  readonly store: StoreApi<RunState>;
  /** The cursor, the zoom and the selections of the user. */
  readonly view: StoreApi<PageView>;
  /** Pinned runs and the previous branch. */
  readonly comparedRuns: StoreApi<ComparedRunsState>;
  /** The open lesson and its scene. */
  readonly lesson: StoreApi<LessonState>;
  /** The inspection of the selected step and its slice, up to date while panels use them. */
  readonly inspection: StoreApi<InspectionState>;
  /** The network as a function before, along and after the selected step, up to date while panels use it. */
  readonly fit: StoreApi<FitState>;
  /** The step whose numbers the texts show, with its inspection and slice. */
  readonly shown: StoreApi<Shown>;
  /** Probes of the selected step, requested while they are open and in sight. */
  readonly probes: StoreApi<ProbesState>;
  /** The largest eigenvalues that probes have found, by step. */
  readonly edge: StoreApi<EdgeState>;
  /** Loss and accuracy on all rows and on held-out rows, up to date while panels use them. */
  readonly evaluation: StoreApi<EvaluationState>;

  /** Resolves when the engine runs and the recipe is loaded. */
  readonly ready: Promise<void>;
  /** Loads a run at step 0; paused. */
  load(recipeOrRunFile: unknown): Promise<void>;
  /** Loads the same recipe with other settings of the data or the network, at step 0 with the current settings. Plays on. */
  restart(settings: Partial<Settings>): Promise<void>;
  /** Step 0 with the current settings, edits folded in; paused. */
  startOver(): Promise<void>;
  /**
   * Trains on the user's own table, from step 0 with the current settings; in a lesson with scenes on a CSV, the present scene
   * begins on the table. The table never leaves the browser.
   *
   * @returns whether a run is trained on the table now; else it is kept for other scenes of the lesson
   */
  openTable(table: Table): Promise<boolean>;

  /** Sets live settings from the next step on, or the schedule of one; a schedule of null ends the schedule in force. */
  set(settings: unknown): Promise<void>;
  /** Shows the values of a drag on a slider at once; they are set at `endDrag` or when the drag pauses. */
  drag(settings: unknown): Promise<void>;
  endDrag(): void;
  /** Removes the last change of settings. A run past the beginning of the change returns to the step before it. Plays on. */
  undo(): Promise<void>;
  redo(): Promise<void>;

  play(): void;
  pause(): void;
  /**
   * Pauses play once, at the first step that meets the condition; null removes the condition. Steps of `advance` and `seek` are not
   * tested. No part of the run.
   *
   * Resolves when the condition is in force; rejects with `InputError` where it is none.
   */
  stopWhen(condition: unknown): Promise<void>;
  /** @throws InputError where the speed is not above 0 */
  setSpeed(stepsPerSecond: number): void;
  /** Takes exactly this many more steps; paused. */
  advance(steps: number): Promise<void>;
  /** Goes to a measured step at once, or plays to a later step, at full speed by default; then paused. */
  runTo(step: number, speed?: number): void;
  /** Step 0 of the same recipe; paused. Its edits are replayed at their steps. */
  reset(): Promise<void>;
  /** Goes to a step of the run and trains the steps that are missing; paused. */
  seek(step: number): Promise<void>;
  /** Follows a drag on the time line over measured steps; paused. Resolves when the newest of them is reached. */
  scrub(step: number): Promise<void>;
  /** One step back; calls that come faster than steps all count. */
  stepBack(): Promise<void>;

  /** Every measured step. The object is replaced when a run is loaded. */
  history(): History;
  /** The rows of the run where they are real data; else null. */
  table(): Table | null;
  /** The address of the run: its recipe with edits, without view parameters. */
  link(): string;
  /** Inspects a step of the run, whether or not it is selected. */
  inspect(step: number): Promise<Inspection>;
  /** Tests rising learning rates on a twin of the run after its latest step. The run is unchanged. */
  rangeTest(range: Range, signal: AbortSignal): Promise<RangeTest>;
  /** The largest eigenvalue of P^{−1/2}HP^{−1/2} at a step of the run, on all training rows; null where training has diverged. */
  probeEdge(step: number, signal: AbortSignal): Promise<EdgeProbe | null>;
  /** Probes a step of the run, whether or not it is selected. */
  probe<K extends ProbeKind>(kind: K, step: number, options: ProbeOptions): Promise<ProbeAnswers[K]>;
  /** Loss and accuracy of parameters on all training rows and on the held-out rows. */
  evaluate(theta: Float64Array): Promise<Evaluation>;
  /** d by tensor, of the latest step by default. @throws InputError where d of the step is not stored */
  direction(step?: number): { name: string; shape: number[]; values: number[] }[];
  /** The run as exports need it; valid until the run changes. @throws Error where no run is loaded */
  runSoFar(): RunSoFar;
  /** @throws Error where no run is loaded */
  runFile(): RunFile;

  /** Times both engines on the run, which is at rest meanwhile. Rejects with the reason of the signal where the signal ends it. */
  measureEngines(options: MeasureOptions): Promise<readonly EngineSpeed[]>;

  notify(kind: Notice["kind"], text: string, options?: NoticeOptions): void;
  dismiss(id: number): void;
}
