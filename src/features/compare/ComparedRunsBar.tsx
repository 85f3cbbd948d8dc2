import { useStore } from "zustand";
import { notifyOnThrow } from "../../actions/reporting";
import { formatCount } from "../../kit/text/format";
import { strokeOf } from "../../kit/timechart/drawnRuns";
import { comparedRunName } from "../../kit/timechart/runNames";
import { Icon } from "../../kit/ui/Icon";
import { useRun } from "../../kit/ui/useRun";
import { useSession } from "../../kit/ui/useSession";
import { type ComparedRun, maxLead } from "../../session/compare/comparedRuns";
import "./compare.css";

interface Props {
  /** Only what each line is, as a legend: nothing to press. */
  readonly brief?: boolean;
}

/** The runs drawn beside this one, each with its line, by what differs in its recipe; nothing where there are none. */
export function ComparedRunsBar({ brief = false }: Props) {
  const session = useSession();
  const comparedRuns = useStore(session.comparedRuns, (state) => state.comparedRuns);
  if (comparedRuns.length === 0) return null;
  return (
    <ul className="compared-run-bar" aria-label="Runs to compare with">
      {comparedRuns.map((comparedRun) => (
        <ComparedRunChip key={comparedRun.id} comparedRun={comparedRun} brief={brief} />
      ))}
    </ul>
  );
}

function ComparedRunChip({ comparedRun, brief }: Required<Props> & { readonly comparedRun: ComparedRun }) {
  const session = useSession();
  const recipe = useRun(session, (run) => run.recipe);
  const own = useRun(session, (run) => run.case);
  const { colour, dash } = strokeOf(comparedRun);
  const before = comparedRun.kind === "branch";
  const name = comparedRunName(comparedRun, { recipe, case: own });
  return (
    <li className="compared-run-chip">
      <svg viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
        <path d="M0 5h26" stroke={colour} strokeWidth="2.4" strokeDasharray={dash} />
      </svg>
      <span
        className="compared-run-name"
        data-tip={`${before ? "What this run was before it was changed: " : "Pinned: "}${name}`}
      >
        {before && <span className="symbol">before: </span>}
        {name}
      </span>
      <CatchingUp comparedRun={comparedRun} />
      {!brief && <ComparedRunButtons comparedRun={comparedRun} name={name} />}
    </li>
  );
}

/** Training alongside begins at step 0, and the run waits for it: how far it has come until then. */
function CatchingUp({ comparedRun }: { readonly comparedRun: ComparedRun }) {
  const session = useSession();
  const behind = useStore(session.comparedRuns, () => {
    const trained = comparedRun.trained();
    return comparedRun.alongside && trained < session.history().length - maxLead ? trained : null;
  });
  return behind === null ? null : <span className="symbol">catching up: step {formatCount(behind)}</span>;
}

/** Keeps what a run was, trains a pinned one alongside, takes either off the charts. */
function ComparedRunButtons({ comparedRun, name }: { readonly comparedRun: ComparedRun; readonly name: string }) {
  const session = useSession();
  const { id, kind, alongside } = comparedRun;
  const { pinBranch, remove, setAlongside } = session.comparedRuns.getState();
  const before = kind === "branch";

  return (
    <>
      {before ? (
        <button
          type="button"
          className="button small"
          aria-label={`Keep ${name}`}
          data-tip="Pins it: it stays when the run is changed again."
          onClick={() => notifyOnThrow(session, () => pinBranch(id))}
        >
          Keep
        </button>
      ) : (
        <button
          type="button"
          className="button small"
          aria-pressed={alongside}
          aria-label={`Train ${name} alongside`}
          data-tip="Trains it in step with this run, from the same seed and on the same batches, by a trainer of its own."
          onClick={() => notifyOnThrow(session, () => setAlongside(id, !alongside))}
        >
          Alongside
        </button>
      )}
      <button
        type="button"
        className="button small square"
        aria-label={`Remove ${name}`}
        data-tip="Takes it off the charts."
        onClick={() => remove(id)}
      >
        <Icon name="remove" />
      </button>
    </>
  );
}
