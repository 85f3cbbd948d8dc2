import { proxy, transfer, wrap } from "comlink";
import type { CsvReader } from "../../core/csv/reader";
import { newWorker } from "./newWorker";

/** The reader of one CSV file. */
export interface CsvReaderClient extends CsvReader {
  /** Ends the worker. Calls that wait reject with `reason`, as do later calls. */
  close(reason?: string): void;
}

/** Starts a worker that reads a CSV file. In a browser without workers the file is read on the page’s thread. */
export function startCsvReader(): CsvReaderClient {
  if (typeof Worker !== "undefined") return inWorker(newWorker());
  const reader = import("../../core/csv/reader").then(({ createCsvReader }) => createCsvReader());
  return {
    open: async (...file) => (await reader).open(...file),
    choose: async (choices) => (await reader).choose(choices),
    table: async (...target) => (await reader).table(...target),
    close: () => {},
  };
}

function inWorker(worker: Worker): CsvReaderClient {
  const remote = wrap<CsvReader>(worker);
  let end = (_reason: Error): void => {};
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  // A call that waits receives the reason; without one the rejection concerns nobody.
  ended.catch(() => {});
  function close(reason = "the CSV file is closed"): void {
    end(new Error(reason));
    worker.terminate();
  }
  worker.addEventListener("error", () => close("the part of the page that reads CSV files could not be loaded or run"));
  return {
    open: (bytes, onProgress) =>
      Promise.race([remote.open(transfer(bytes, [bytes.buffer]), onProgress && proxy(onProgress)), ended]),
    choose: (choices) => Promise.race([remote.choose(choices), ended]),
    table: (name, target) => Promise.race([remote.table(name, target), ended]),
    close,
  };
}
