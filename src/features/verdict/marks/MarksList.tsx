import { useEffect, useId, useRef } from "react";
import { useStore } from "zustand";
import { stepMarkNames } from "../../../core/history/stepMarks";
import { useShown } from "../../../kit/redraw/useShown";
import { formatCount } from "../../../kit/text/format";
import { stepSizeText } from "../../../kit/text/stepSizeText";
import type { Session } from "../../../session/session";
import { stepMarkTexts } from "./stepMarkTexts";

/** The page holds the rules of all style sheets from its first byte: the few of this list come with the list. */
const looks = {
  list: { margin: 0, padding: 0, border: 0, fontWeight: 400 },
  legend: { padding: "4px 8px", fontSize: 13, fontWeight: 600 },
  row: { display: "grid", gridTemplateColumns: "auto auto 1fr", gap: "2px 8px", padding: "6px 8px", fontSize: 13.5 },
  value: { textAlign: "right" },
  help: { gridColumn: "2 / -1", lineHeight: 1.35 },
} as const;

/** The step sizes with their definitions and sources, and the values of those chosen. */
export function MarksList({ session }: { readonly session: Session }) {
  const id = useId();
  const { stepMarks: chosen, toggleStepMark } = useStore(session.view);
  const { marks } = useShown(session);
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => list.current?.querySelector("input")?.focus({ preventScroll: true }), []);
  return (
    <fieldset ref={list} style={looks.list}>
      <legend style={looks.legend}>Step sizes along d{marks && `, step ${formatCount(marks.step)}`}</legend>
      {stepMarkNames.map((name) => (
        <label key={name} style={looks.row}>
          <input
            type="checkbox"
            aria-labelledby={`${id}-${name}`}
            aria-describedby={`${id}-${name}-value ${id}-${name}-help`}
            checked={chosen.includes(name)}
            onChange={() => toggleStepMark(name)}
          />
          <b id={`${id}-${name}`}>{stepMarkTexts[name].title}</b>
          <output id={`${id}-${name}-value`} style={looks.value}>
            {marks && chosen.includes(name) && stepSizeText(marks, name)}
          </output>
          <small id={`${id}-${name}-help`} style={looks.help}>
            {stepMarkTexts[name].help}
          </small>
        </label>
      ))}
    </fieldset>
  );
}
