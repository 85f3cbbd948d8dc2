import { type ComponentType, lazy, Suspense, useState } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { fetchPart } from "../../core/async/fetchPart";
import { Fault } from "./Fault";

/**
 * A component whose code is loaded when it is first shown. Where the code cannot be loaded, the reason and a button that
 * tries again are shown in its place.
 *
 * @param part the component as the subject of a sentence, such as “The schedule dialog”
 */
export function latePart<Props extends object>(
  part: string,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  // React keeps the failure of a lazy component for good: each attempt needs a new one.
  const attempt = () => lazy(async () => ({ default: await fetchPart(part, load) }));
  let latest = attempt();
  return function LatePart(props: Props) {
    const [Part, setPart] = useState(() => latest);
    return (
      <ErrorBoundary
        FallbackComponent={Fault}
        onReset={() => {
          latest = attempt();
          setPart(() => latest);
        }}
      >
        <Suspense>
          <Part {...props} />
        </Suspense>
      </ErrorBoundary>
    );
  };
}
