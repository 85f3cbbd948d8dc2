import { useState } from "react";
import { latePart } from "../../../kit/ui/latePart";
import { Menu } from "../../../kit/ui/Menu";
import type { Session } from "../../../session/session";
import "./marks.css";

/** Loaded when the menu is first opened. */
const MarksList = latePart("The list of step sizes", async () => (await import("./MarksList")).MarksList);

/** The menu of the step sizes that the slice and the ruler mark besides α*. */
export function MarksMenu({ session }: { readonly session: Session }) {
  const [opened, setOpened] = useState(false);
  return (
    <Menu
      name="Marks: step sizes on slice and ruler"
      tip="Selects further step sizes that slice and ruler mark."
      className="save"
      face={<small>Marks ▾</small>}
      onOpen={() => setOpened(true)}
    >
      <span className="marks-list">{opened && <MarksList session={session} />}</span>
    </Menu>
  );
}
