import type { RefObject } from "react";
import { type Action, actions } from "./actions";

/** What the page shows, what α* is not, and the keys, from the table of actions. */
export function HelpDialog({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title">
      <h2 id="help-title">How far should Adam step?</h2>
      <p>
        A small network trains with Adam. At every minibatch step the page measures the direction <i>d</i> that Adam
        chose, the slope <i>dᵀg</i> and the curvature <i>dᵀHd</i> of this batch’s loss along it, and{" "}
        <b>α* = −dᵀg / dᵀHd</b>, the step that would have minimised the parabola they define.
      </p>
      <p>
        α* is the best step <em>for this batch, along this d</em>. It is not the best learning rate, because the next
        batch will want another and picking each step greedily is short-sighted; and it is not 1/sharpness.
      </p>
      <table>
        <caption>Keys</caption>
        <tbody>
          {Object.values<Action>(actions).map(({ keyLabel, label, does }) => (
            <tr key={label}>
              <th scope="row">
                <kbd>{keyLabel}</kbd> {label}
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <form method="dialog">
        <button type="submit" className="button primary">
          Close
        </button>
      </form>
    </dialog>
  );
}
