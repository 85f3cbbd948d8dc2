import type { Recording } from "../../core/files/recording";
import { useSession } from "../../kit/hooks/useSession";
import { formatCount } from "../../kit/text/format";
import { NoNetwork } from "../../kit/ui/NoNetwork";

/** The origin of a recorded run, the reason why its settings cannot change, and the button that closes its file. */
export function RecordedNote({ recording }: { readonly recording: Recording }) {
  const session = useSession();
  const { name, optimiser, device, columns } = recording;
  return (
    <section className="card recorded-note" aria-labelledby="recorded-title">
      <h2 id="recorded-title">Recorded run</h2>
      <p>
        {name}: {optimiser}, {formatCount(columns.count)} steps. {device}.
      </p>
      <NoNetwork missing="its settings cannot change" />
      <button
        type="button"
        className="button small"
        data-tip="Closes the file and trains the default run."
        onClick={() => void session.load({}).then(session.play)}
      >
        Close the file
      </button>
    </section>
  );
}
