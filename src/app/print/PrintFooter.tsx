import { controls } from "../../core/recipe/controls";
import { hasEffect } from "../../core/recipe/optimisers";
import type { Settings } from "../../core/recipe/recipe";
import { networkSummary } from "../../features/settings/networkSummary";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { formatValue } from "../../kit/text/format";
import "./print.css";

/** The recipe and the link of the run at the end of a printed page; absent on the screen. */
export function PrintFooter() {
  const session = useSession();
  const { recipe, settings, file, engine } = useRunParts();
  const recording = useRun(session, (run) => run.recording);
  if (recording) {
    const { name, optimiser, device, columns } = recording;
    return (
      <footer className="print-footer">
        <p>{`Recorded run “${name}” · ${optimiser} · ${device} · ${columns.count} steps`}</p>
      </footer>
    );
  }
  const live = Object.values(controls)
    .filter(({ key, group }) => group !== "network" && hasEffect(key, { ...recipe, rule: settings.rule }))
    .map(({ key, label }) => `${label} ${textOf({ ...recipe, ...settings }[key])}`);
  const changes = recipe.edits.length;
  return (
    <footer className="print-footer">
      <p>
        {networkSummary(recipe, file)} · seed {recipe.seed} · {live.join(" · ")}
        {changes > 0 && ` · ${changes === 1 ? "1 change" : `${changes} changes`} during the run`} · engine{" "}
        {engine?.kind ?? "none"}
      </p>
      <p>{file === null ? session.link() : `A link cannot contain the data of this run, from ${file}.`}</p>
    </footer>
  );
}

function textOf(value: Settings[keyof Settings]): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "number" ? formatValue(value) : String(value);
}

function useRunParts() {
  const session = useSession();
  return {
    recipe: useRun(session, (run) => run.recipe),
    settings: useRun(session, (run) => run.settings),
    file: useRun(session, (run) => run.file),
    engine: useRun(session, (run) => run.engine),
  };
}
