import CsvWorker from "./csv.worker?worker&inline";

/** The worker that reads CSV files, from a script inside the page: a page opened from a disk may load no other file. */
export function newWorker(): Worker {
  return new CsvWorker();
}
