import { type RefObject, useRef } from "react";
import { useStore } from "zustand";
import { fetchPart } from "../../core/async/fetchPart";
import { messageOf } from "../../core/errors";
import { linkOf } from "../../core/recipe/link";
import { fileName } from "../../export/fileName";
import type { Session } from "../../session/session";
import { download } from "../ui/download";
import { Icon } from "../ui/Icon";
import { Menu } from "../ui/Menu";
import "./chart.css";

interface Props {
  readonly session: Session;
  readonly title: string;
  /** The chart's part of the file name. */
  readonly file: string;
  /** Whether the picture shows the step under the cursor, if there is a cursor, instead of the latest step. */
  readonly atCursor?: boolean;
}

/** A menu that saves the surrounding card as a picture; hidden in presentation mode. */
export function SaveImage({ session, title, file, atCursor = false }: Props) {
  const root = useRef<HTMLSpanElement>(null);
  const presenting = useStore(session.view, (view) => view.presenting);
  if (presenting) return null;

  async function save(ending: "svg" | "png"): Promise<void> {
    const card = cardOf(root);
    if (!card) return;
    const run = session.store.getState();
    const step = (atCursor ? session.view.getState().cursor : null) ?? run.step;
    try {
      const { pngOf, svgOf } = await fetchPart("The writer of pictures", () => import("../../export/picture/image"));
      const svg = await svgOf(card, { title, recipe: run.recording?.name ?? linkOf(run.recipe), step });
      const picture = ending === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await pngOf(svg);
      download(fileName(run, step, ending, file), picture);
    } catch (error) {
      session.notify("error", `The picture was not saved: ${messageOf(error)}`);
    }
  }

  return (
    <span ref={root} className="save-image">
      <Menu
        name={`Save ${title} as a picture`}
        tip="Saves the card as a picture, with its recipe and step."
        className="save"
        face={<Icon name="save" />}
      >
        <button type="button" onClick={() => void save("svg")}>
          SVG <small>sharp at any size</small>
        </button>
        <button type="button" onClick={() => void save("png")}>
          PNG <small>for slides and mail</small>
        </button>
      </Menu>
    </span>
  );
}

const cardOf = ({ current }: RefObject<HTMLElement | null>) => current?.closest<HTMLElement>(".card");
