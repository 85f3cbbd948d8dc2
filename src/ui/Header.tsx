import { actions, type Page, titleOf } from "./actions";
import { EngineBadge } from "./EngineBadge";
import { RunTo } from "./RunTo";
import { SlowMotion } from "./SlowMotion";
import { Stats } from "./Stats";
import { Transport } from "./Transport";

export function Header({ page }: { readonly page: Page }) {
  return (
    <header className="header">
      <h1 className="brand">
        Alpha<span>scope</span>
      </h1>
      <Transport page={page} />
      <RunTo session={page.session} />
      <Stats session={page.session} />
      <EngineBadge session={page.session} />
      <button
        type="button"
        className="button"
        aria-label={actions.help.label}
        title={titleOf(actions.help)}
        onClick={() => actions.help.run(page)}
      >
        ?
      </button>
      <SlowMotion session={page.session} slowMotion={page.slowMotion} />
    </header>
  );
}
