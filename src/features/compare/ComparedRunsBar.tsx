import { useStore } from "zustand";
import { notifyOnThrow } from "../../actions/reporting";
import { useRun } from "../../kit/hooks/useRun";
import { useSession } from "../../kit/hooks/useSession";
import { formatCount } from "../../kit/text/format";
import { strokeOf } from "../../kit/timechart/drawnRuns";
import { comparedRunName } from "../../kit/timechart/runNames";
import { Icon } from "../../kit/ui/Icon";
import { type ComparedRun, maxLead } from "../../session/compare/comparedRuns";
import "./compare.css";

interface Props {
  /** A legend only, without buttons. */
  readonly brief?: boolean;
}

/** The compared runs: line style, name (the difference of the recipes) and buttons of each. Nothing without compared runs. */
export function ComparedRunsBar({ brief = false }: Props) {
  const session = useSession();
  const comparedRuns = useStore(session.comparedRuns, (state) => state.comparedRuns);
  if (comparedRuns.length === 0) return null;
  return (
    <ul className="compared-run-bar" aria-label="Compared runs">
      {comparedRuns.map((comparedRun) => (
        <ComparedRunChip key={comparedRun.id} comparedRun={comparedRun} brief={brief} />
      ))}
    </ul>
  );
}

function ComparedRunChip({ comparedRun, brief }: Required<Props> & { readonly comparedRun: ComparedRun }) {
  const session = useSession();
  const recipe = useRun(session, (run) => run.recipe);
  const ownCase = useRun(session, (run) => run.case);
  const file = useRun(session, (run) => run.file);
  const recording = useRun(session, (run) => run.recording);
  const { colour, dash } = strokeOf(comparedRun);
  const isPreviousBranch = comparedRun.kind === "branch";
  const name = comparedRunName(comparedRun, { recipe, case: ownCase, file, recording });
  return (
    <li className="compared-run-chip">
      <svg viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
        <path d="M0 5h26" stroke={colour} strokeWidth="2.4" strokeDasharray={dash} />
      </svg>
      <span className="compared-run-name" data-tip={`${isPreviousBranch ? "Previous branch" : "Pinned run"}: ${name}`}>
        {isPreviousBranch && <span className="symbol">previous branch: </span>}
        {name}
      </span>
      <CatchingUp comparedRun={comparedRun} />
      {!brief && <ComparedRunButtons comparedRun={comparedRun} name={name} />}
    </li>
  );
}

/** The step of a run that has begun to train alongside, for which the run waits, or that is trained again after a reload. */
function CatchingUp({ comparedRun }: { readonly comparedRun: ComparedRun }) {
  const session = useSession();
  const trainedTo = useStore(session.comparedRuns, () => {
    const trained = comparedRun.trained();
    const { alongside, goal } = comparedRun;
    const needed = goal ?? (alongside ? session.history().length - maxLead : 0);
    return trained < needed ? trained : null;
  });
  return trainedTo === null ? null : <span className="symbol">catching up: step {formatCount(trainedTo)}</span>;
}

/** Pins the previous branch, trains a pinned run alongside, removes either. */
function ComparedRunButtons({ comparedRun, name }: { readonly comparedRun: ComparedRun; readonly name: string }) {
  const session = useSession();
  const { id, kind, alongside, recording } = comparedRun;
  const { pinBranch, remove, setAlongside } = session.comparedRuns.getState();
  const isPreviousBranch = kind === "branch";

  return (
    <>
      {isPreviousBranch ? (
        <button
          type="button"
          className="button small"
          aria-label={`Pin ${name}`}
          data-tip="Pins the previous branch, so that the next change does not replace it."
          onClick={() => notifyOnThrow(session, () => pinBranch(id))}
        >
          Pin
        </button>
      ) : (
        <button
          type="button"
          className="button small"
          aria-pressed={alongside}
          aria-label={`Train ${name} alongside`}
          data-tip="Trains the pinned run step by step with this run, on the same batches, in its own worker."
          disabled={recording !== undefined}
          onClick={() => notifyOnThrow(session, () => setAlongside(id, !alongside))}
        >
          Alongside
        </button>
      )}
      <button
        type="button"
        className="button small square"
        aria-label={`Remove ${name}`}
        data-tip="Removes this run from the charts."
        onClick={() => remove(id)}
      >
        <Icon name="remove" />
      </button>
    </>
  );
}
