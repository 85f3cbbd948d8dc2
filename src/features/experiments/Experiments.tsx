import { experimentsOf } from "../../session/experiment/experiments";
import type { Session } from "../../session/session";
import { RangePart } from "./range/RangePart";

interface Props {
  readonly session: Session;
  readonly close: () => void;
}

/** The experiments: a range test of the learning rate. */
export function Experiments({ session, close }: Props) {
  const { rangeTest } = experimentsOf(session);
  return (
    <>
      <form method="dialog">
        <h2>Experiments</h2>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </form>
      <RangePart session={session} rangeTest={rangeTest} />
    </>
  );
}
