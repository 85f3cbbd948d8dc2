import { useStore } from "zustand";
import { ActionButton } from "../actions/ActionButton";
import { usePage } from "../actions/PageProvider";
import { EngineBadge } from "../features/engine/EngineBadge";
import { ExportMenu } from "../features/files/ExportMenu";
import { Stats } from "../features/transport/Stats";
import { Transport } from "../features/transport/Transport";
import { Icon } from "../kit/ui/Icon";
import { Tooltip } from "../kit/ui/Tooltip";

/** The header, in groups that wrap as one; on a phone `bar` stays visible while the page scrolls. */
export function Header() {
  const { session } = usePage().page;
  const theme = useStore(session.view, (view) => view.theme);
  return (
    <header className="header">
      <h1 className="brand" translate="no">
        Alpha<span>scope</span>
      </h1>
      <div className="bar">
        <Transport />
        <Stats />
      </div>
      <div className="lecture">
        <ActionButton action="lecture">Lecture</ActionButton>
        <ActionButton action="experiments" className="square">
          <Icon name="experiment" />
        </ActionButton>
      </div>
      <div className="tools">
        <EngineBadge />
        <ActionButton action="share">Share</ActionButton>
        <ExportMenu />
        <ActionButton action="theme" name={`Theme: ${theme}`} className="square">
          <Icon name={theme} />
        </ActionButton>
        <ActionButton action="present" className="square">
          <Icon name="present" />
        </ActionButton>
        <ActionButton action="help" className="square">
          ?
        </ActionButton>
      </div>
      <Tooltip />
    </header>
  );
}
