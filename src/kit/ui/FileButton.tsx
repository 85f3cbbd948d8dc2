import { type ReactNode, useRef } from "react";

interface Props {
  readonly className?: string;
  /** The types of file that the browser's dialog offers, as the `accept` attribute has them. */
  readonly accept: string;
  /** Accessible name of the file input. */
  readonly label: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** The files that the page reads as tables, as an `accept` attribute. */
export const csvFiles = ".csv,.tsv,.tab,.txt,text/csv";

/** A button that opens the browser's file dialog. */
export function FileButton({ className = "button", accept, label, multiple = false, onFiles, children }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => picker.current?.click()}>
        {children}
      </button>
      <input
        ref={picker}
        type="file"
        accept={accept}
        aria-label={label}
        multiple={multiple}
        hidden
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // Without this, picking the same file again would not be a change.
          currentTarget.value = "";
          onFiles(files);
        }}
      />
    </>
  );
}
