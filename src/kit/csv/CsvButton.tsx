import { type ReactNode, useRef } from "react";
import { openPicked } from "../../features/files/openFile";
import type { Session } from "../../session/session";

interface Props {
  readonly session: Session;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Picks a CSV from the disk. */
export function CsvButton({ session, className = "", children }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={`button ${className}`} onClick={() => picker.current?.click()}>
        {children}
      </button>
      <input
        ref={picker}
        type="file"
        accept=".csv,.tsv,.tab,.txt,text/csv"
        aria-label="CSV file"
        hidden
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file can be picked again.
          currentTarget.value = "";
          void openPicked(session, files);
        }}
      />
    </>
  );
}
