import { noNetwork } from "../../session/run/recordedRun";
import "./noNetwork.css";

/** In place of a part of a panel that needs the network of the run. @param missing a clause, the state of that part */
export function NoNetwork({ missing }: { readonly missing: string }) {
  return <p className="no-network">{noNetwork(missing)}</p>;
}
