import { createContext, use } from "react";
import type { Session } from "../../session/session";

export const SessionContext = createContext<Session | null>(null);

/**
 * The session of the page. Charts take their data source as a property instead.
 * @throws Error outside a `SessionContext`
 */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession needs a SessionContext above it.");
  return session;
}
