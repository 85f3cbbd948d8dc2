import { useStore } from "zustand";
import { ActionButton } from "./ActionButton";
import { actions, type Page } from "./actions";
import { EngineBadge } from "./EngineBadge";
import { ExportMenu } from "./ExportMenu";
import { Icon } from "./Icon";
import { SlowMotion } from "./SlowMotion";
import { Stats } from "./Stats";
import { Tooltip } from "./Tooltip";
import { Transport } from "./Transport";

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
