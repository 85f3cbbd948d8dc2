const paths = {
  play: "M4 2.5v11l9.5-5.5z",
  pause: "M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z",
  back: "M11 3v10L3.5 8z",
  forward: "M5 3v10l7.5-5z",
} as const;

/** The transport's signs, drawn, so that no font has to carry them. The button beside it has the name. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
