import { useEffect, useId, useRef } from "react";
import { useStore } from "zustand";
import { stepMarkNames } from "../../../core/history/stepMarks";
import { useShown } from "../../../kit/redraw/useShown";
import { formatCount } from "../../../kit/text/format";
import { stepSizeText } from "../../../kit/text/stepSizeText";
import type { Session } from "../../../session/session";
import { stepMarkTexts } from "./stepMarkTexts";

/** The step sizes with their definitions and sources, and the values of those chosen. */
export function MarksList({ session }: { readonly session: Session }) {
  const id = useId();
  const { stepMarks: chosen, setStepMarks } = useStore(session.view);
  const { marks } = useShown(session);
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => list.current?.querySelector("input")?.focus({ preventScroll: true }), []);
  return (
    <fieldset ref={list}>
      <legend>Step sizes along d{marks && `, step ${formatCount(marks.step)}`}</legend>
      {stepMarkNames.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            aria-labelledby={`${id}-${name}`}
            aria-describedby={`${id}-${name}-value ${id}-${name}-help`}
            checked={chosen.includes(name)}
            onChange={({ target }) =>
              setStepMarks(target.checked ? [...chosen, name] : chosen.filter((other) => other !== name))
            }
          />
          <b id={`${id}-${name}`}>{stepMarkTexts[name].title}</b>
          <output id={`${id}-${name}-value`}>{marks && chosen.includes(name) && stepSizeText(marks, name)}</output>
          <small id={`${id}-${name}-help`}>{stepMarkTexts[name].help}</small>
        </label>
      ))}
    </fieldset>
  );
}
