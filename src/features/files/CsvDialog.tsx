import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { useModal } from "../../kit/hooks/useModal";
import { latePart } from "../../kit/ui/latePart";
import { type CsvProgress, openedCsv, showCsv } from "./openCsv";
import "./files.css";

/** Loaded when a CSV file is first opened. */
const TargetForm = latePart("The form of the target column", async () => (await import("./TargetForm")).TargetForm);

/** Before this time, in milliseconds, the reading of a file shows nothing: most files are read sooner. */
const quietMs = 300;

/** The progress of a CSV file that is being read, then the choice of its target column. */
export function CsvDialog() {
  const csv = useStore(openedCsv, (state) => state.csv);
  const reading = useStore(openedCsv, (state) => state.reading);
  const isLong = useIsLong(reading !== null);
  const dialog = useModal(csv !== null || (reading !== null && isLong));

  function onClose(): void {
    // The dialog may have been shown again since it was closed.
    if (dialog.current?.open) return;
    openedCsv.getState().reading?.cancel();
    showCsv(null);
  }
  return (
    <dialog ref={dialog} className="help csv" aria-labelledby="csv-title" onClose={onClose}>
      {reading && isLong ? <Progress reading={reading} /> : csv && <TargetForm key={csv.name} csv={csv} />}
    </dialog>
  );
}

function Progress({ reading: { name, fraction, cancel } }: { readonly reading: CsvProgress }) {
  return (
    <>
      <form method="dialog">
        <h2 id="csv-title">Reading {name}</h2>
        <span className="choices">
          <button type="button" className="button" onClick={cancel}>
            Cancel
          </button>
        </span>
      </form>
      <p>
        <progress aria-label={`Reading ${name}`} max={1} value={fraction} /> {Math.floor(100 * fraction)}%
      </p>
    </>
  );
}

/** Whether `running` has been true for `quietMs`. */
function useIsLong(running: boolean): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!running) return setIsLong(false);
    const timer = setTimeout(() => setIsLong(true), quietMs);
    return () => clearTimeout(timer);
  }, [running]);
  return isLong;
}
