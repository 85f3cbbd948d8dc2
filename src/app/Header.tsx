import { useStore } from "zustand";
import { ActionButton } from "../actions/ActionButton";
import { actions, type Page } from "../actions/actions";
import { ExportMenu } from "../features/files/ExportMenu";
import { SlowMotion } from "../features/slow-motion/SlowMotion";
import { Stats } from "../features/transport/Stats";
import { Transport } from "../features/transport/Transport";
import { Icon } from "../kit/ui/Icon";
import { Tooltip } from "../kit/ui/Tooltip";
import { EngineBadge } from "./EngineBadge";

/** In groups that wrap as one; on a phone only `bar` stays in sight. */
export function Header({ page }: { readonly page: Page }) {
  const theme = useStore(page.session.view, (view) => view.theme);
  return (
    <header className="header">
      <h1 className="brand">
        Alpha<span>scope</span>
      </h1>
      <div className="bar">
        <Transport page={page} />
        <Stats session={page.session} />
      </div>
      <ActionButton page={page} action={actions.lecture} className="lecture">
        Lecture
      </ActionButton>
      <div className="tools">
        <EngineBadge session={page.session} />
        <ActionButton page={page} action={actions.share}>
          Share
        </ActionButton>
        <ExportMenu session={page.session} />
        <ActionButton page={page} action={actions.theme} name={`Theme: ${theme}`} className="square">
          <Icon name={theme} />
        </ActionButton>
        <ActionButton page={page} action={actions.present} className="square">
          <Icon name="present" />
        </ActionButton>
        <ActionButton page={page} action={actions.help} className="square">
          ?
        </ActionButton>
      </div>
      <SlowMotion session={page.session} slowMotion={page.slowMotion} />
      <Tooltip />
    </header>
  );
}
