import { useEffect, useState } from "react";
import { useSession } from "../../kit/hooks/useSession";
import { openPicked } from "./openFile";
import "./files.css";

/** Opens files dropped anywhere on the page; shows a hint while files are dragged over the page. */
export function DropTarget() {
  const session = useSession();
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    const holdsFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") ?? false;
    function onDragOver(event: DragEvent): void {
      if (!holdsFile(event)) return;
      // Without this the browser would open the file instead of the page.
      event.preventDefault();
      setDragging(true);
    }
    function onDragLeave({ relatedTarget }: DragEvent): void {
      if (relatedTarget === null) setDragging(false);
    }
    function onDrop(event: DragEvent): void {
      setDragging(false);
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
    <div className="drop-hint" hidden={!dragging}>
      <p>Drop a run file, a lesson or a CSV file. A lesson and its CSV file can be dropped together.</p>
    </div>
  );
}
