import { useId, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { useSnapshot } from "../../../kit/redraw/useSnapshot";
import { formatCount } from "../../../kit/text/format";
import type { RangeTestState } from "../../../session/experiment/rangeTest";
import type { Session } from "../../../session/session";
import { FormField } from "../FormField";
import { RunForm } from "../RunForm";
import { RangeChart } from "./RangeChart";
import { type RangeDraft, rangeDraftAt, readRange } from "./rangeDraft";
import { rangePicture } from "./rangePicture";
import { rangeText } from "./rangeText";

interface Props {
  readonly session: Session;
  readonly rangeTest: StoreApi<RangeTestState>;
  /** null: a form for the present learning rate. */
  readonly draft: RangeDraft | null;
  readonly change: (draft: RangeDraft) => void;
}

/** The least time between two changes of the step number, in ms, so that it can be read. */
const readableMs = 200;
const currentStep = (session: Session) => session.store.getState().step;

/** The form and the result of the range test. */
export function RangePart({ session, rangeTest, draft, change }: Props) {
  const id = useId();
  const { result, running, error, start, cancel } = useStore(rangeTest);
  const step = useSnapshot(session, currentStep, readableMs, "text");
  const [usual] = useState(() => rangeDraftAt(session.store.getState().settings.lr));
  const texts = draft ?? usual;
  const { range, faults } = useMemo(() => readRange(texts), [texts]);
  const begin = range && (() => void start(range));
  const picture = useMemo(() => result && rangePicture(result), [result]);
  const text = result && picture && rangeText(result, picture.least);

  return (
    <section aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Range test</h3>
      <p className="in-words">
        From step {formatCount(step)}, a copy of the run trains with a learning rate that rises at each step, until the
        loss explodes. The run itself does not change.
      </p>
      <div className="experiment-fields">
        <FormField
          form={id}
          label="from lr"
          meaning="first learning rate"
          text={texts.from}
          fault={faults.from}
          change={(from) => change({ ...texts, from })}
        />
        <FormField
          form={id}
          label="times"
          meaning="factor of the learning rate at each step"
          text={texts.factor}
          fault={faults.factor}
          change={(factor) => change({ ...texts, factor })}
        />
        <span>at each step</span>
        <RunForm session={session} id={id} label="Run range test" running={running} start={begin} cancel={cancel} />
      </div>
      <p id={`${id}-error`} className="fault" role="alert">
        {faults.from ?? faults.factor ?? error}
      </p>
      {result && picture && text && <RangeChart result={result} picture={picture} text={text} />}
      <p role="status" className="experiment-words">
        {running ? "The range test runs." : result && `From step ${formatCount(result.test.taken)}: ${text}`}
      </p>
    </section>
  );
}
