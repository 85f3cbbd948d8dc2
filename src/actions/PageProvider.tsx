import { createContext, type ReactNode, use, useMemo } from "react";
import { SessionContext } from "../kit/hooks/useSession";
import type { ActionName } from "./actions";
import type { Action, Page } from "./types";

type ActionTable = Readonly<Record<ActionName, Action>>;

interface PageActions {
  readonly page: Page;
  readonly actions: ActionTable;
}

const PageContext = createContext<PageActions | null>(null);

interface Props extends PageActions {
  readonly children: ReactNode;
}

/** Gives the components below it the session, the page and the table of actions. */
export function PageProvider({ page, actions, children }: Props) {
  const value = useMemo(() => ({ page, actions }), [page, actions]);
  return (
    <SessionContext value={page.session}>
      <PageContext value={value}>{children}</PageContext>
    </SessionContext>
  );
}

/**
 * The page and its actions. Components get the table of actions from here, so that a button does not import all that the
 * actions need.
 * @throws Error outside a `PageProvider`
 */
export function usePage(): PageActions {
  const value = use(PageContext);
  if (!value) throw new Error("usePage needs a PageProvider above it.");
  return value;
}
