import type { EngineOptions } from "../../worker/api";
import type { ComparedRuns } from "../compare/comparedRuns";
import type { Player } from "../run/player";
import type { Run } from "../run/run";
import type { Notice, NoticeOptions } from "../state";
import type { Tables } from "../storage/tables";
import type { EditHistory } from "./editHistory";
import type { Exclusive } from "./exclusive";
import type { Playback } from "./playback";
import type { Sliders } from "./sliders";

/** The parts of the session that commands act on. */
export interface CommandHost {
  readonly run: Run;
  readonly player: Player;
  readonly comparedRuns: Pick<ComparedRuns, "removePreviousBranch" | "catchUp">;
  readonly tables: Pick<Tables, "keep" | "adopt">;
  readonly engine: EngineOptions;
  notify(kind: Notice["kind"], text: string, options?: NoticeOptions): void;
}

export interface CommandParts extends CommandHost {
  readonly playback: Playback;
  readonly sliders: Sliders;
  readonly editHistory: EditHistory;
  readonly exclusive: Exclusive;
}
