import type { Session } from "../../session/session";

/** The part of a session that charts read. */
export type ChartSource = Pick<Session, "history" | "store" | "view" | "comparedRuns">;
