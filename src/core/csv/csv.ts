/** The parts of the CSV reader, which is loaded at its first use. */
export { columnsOf } from "./columnTypes";
export { tableOf } from "./tableOf";
