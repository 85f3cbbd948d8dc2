import { fetchPart } from "../core/async/fetchPart";

/** Loads the reader and the texts of stop conditions, which the first load does not contain. */
export const loadConditions = () =>
  fetchPart("The reader of stop conditions", () => import("../core/history/stopConditionText"));
