/** All that reads CSVs, to be loaded with the first of them. */
export { columnsOf } from "./columnTypes";
export { decodeText } from "./decodeText";
export { tableOf } from "./tableOf";
