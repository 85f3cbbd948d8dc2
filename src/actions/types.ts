import type { StoreApi } from "zustand/vanilla";
import type { ExperimentForm } from "../core/experiment/experimentForm";
import type { Session } from "../session/session";
import type { SlowMotion } from "../session/slowMotion";

/** The part of the page that an action can change. */
export interface Page {
  readonly session: Session;
  readonly slowMotion: StoreApi<SlowMotion>;
  /** True where the page has no keys of its own (embedded in a slide deck): tooltips then name no key. */
  readonly keyless?: boolean;
  openHelp(): void;
  openSchedule(): void;
  /** @param form the experiment to show; without one the dialog shows its last form */
  openExperiments(form?: ExperimentForm): void;
  /** Opens files that the user has picked; an error becomes a notice. */
  openFiles(files: readonly File[]): void;
}

/** A command with a key, a name and a help text. */
export interface Action {
  /** A value of `KeyboardEvent.key`, on a Latin keyboard. */
  readonly key: string;
  /** More keys for the same action; `run` receives the key that was pressed. */
  readonly alsoKeys?: readonly string[];
  /** Keys pressed together with Ctrl, or ⌘ on a Mac: values of `KeyboardEvent.key`, upper case with Shift. */
  readonly chords?: readonly string[];
  /** The key as the help and the tooltips print it. */
  readonly keyLabel: string;
  readonly label: string;
  /** Tooltip of the button and line of the help. */
  readonly help: string;
  /** Returns false while the key has no effect: the browser then handles the key. */
  applies?(page: Page): boolean;
  run(page: Page, key?: string): void;
  /** Where the action needs the network: its state for a recorded run, which has none. The action then shows it as a notice. */
  readonly missing?: string;
}
