import { useEffect, useState } from "react";
import { useSession } from "../../kit/ui/useSession";
import { openPicked } from "./openFile";
import "./files.css";

/** The whole page takes files, and says so while one is held over it. */
export function DropTarget() {
  const session = useSession();
  const [held, setHeld] = useState(false);

  useEffect(() => {
    const holdsFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") ?? false;
    function onDragOver(event: DragEvent): void {
      if (!holdsFile(event)) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      setHeld(true);
    }
    function onDragLeave({ relatedTarget }: DragEvent): void {
      if (relatedTarget === null) setHeld(false);
    }
    function onDrop(event: DragEvent): void {
      setHeld(false);
      if (!holdsFile(event)) return;
      event.preventDefault();
      void openPicked(session, [...(event.dataTransfer?.files ?? [])]);
    }
    const removal = new AbortController();
    const { signal } = removal;
    document.addEventListener("dragenter", onDragOver, { signal });
    document.addEventListener("dragover", onDragOver, { signal });
    document.addEventListener("dragleave", onDragLeave, { signal });
    document.addEventListener("drop", onDrop, { signal });
    return () => removal.abort();
  }, [session]);

  return (
    <div className="drop-hint" hidden={!held}>
      <p>
        Drop a run file or a lesson, which opens at its beginning, or a CSV to train on; a lesson and its CSV together.
      </p>
    </div>
  );
}
