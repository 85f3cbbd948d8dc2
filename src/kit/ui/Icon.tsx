const paths = {
  play: "M4 2.5v11l9.5-5.5z",
  pause: "M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z",
  back: "M11 3v10L3.5 8z",
  forward: "M5 3v10l7.5-5z",
  undo: "M6.5 1.8 1.6 6.2l4.9 4.4V7.9h3.2a2.6 2.6 0 0 1 0 5.2H5v1.7h4.7a4.3 4.3 0 0 0 0-8.6H6.5z",
  redo: "M9.5 1.8l4.9 4.4-4.9 4.4V7.9H6.3a2.6 2.6 0 0 0 0 5.2H11v1.7H6.3a4.3 4.3 0 0 1 0-8.6h3.2z",
  remove: "M3.2 2.1 8 6.9l4.8-4.8 1.1 1.1L9.1 8l4.8 4.8-1.1 1.1L8 9.1l-4.8 4.8-1.1-1.1L6.9 8 2.1 3.2z",
  present: "M1 2.5h14v9H9v1.5h2v1.3H5V13h2v-1.5H1zM2.5 4v6h11V4z",
  save: "M7.2 1h1.6v6.4l2.3-2.3 1.2 1.2L8 10.6 3.7 6.3l1.2-1.2 2.3 2.3zM2 11h1.6v2.4h8.8V11H14v4H2z",
  /** A flask, half full. */
  experiment:
    "M5 1h6v1.5h-1v3.3l4 7A1.5 1.5 0 0 1 12.7 15H3.3A1.5 1.5 0 0 1 2 12.8l4-7V2.5H5zM7.5 2.5v3.7L5.9 9h4.2L8.5 6.2V2.5z",
  /** Half light, half dark: the theme of the system. */
  system: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM8 3a5 5 0 0 1 0 10z",
  light:
    "M8 4.7a3.3 3.3 0 1 0 0 6.6a3.3 3.3 0 1 0 0-6.6zM7.3.5h1.4v2.6H7.3zM7.3 12.9h1.4v2.6H7.3zM.5 7.3h2.6v1.4H.5zM12.9 7.3h2.6v1.4h-2.6zM2.2 3.2l1-1L5 4 4 5zM11 12l1-1 1.8 1.8-1 1zM12 5l-1-1 1.8-1.8 1 1zM4 11l1 1-1.8 1.8-1-1z",
  dark: "M6.2 1.6a6.6 6.6 0 1 0 8.2 8.2 5.6 5.6 0 0 1-8.2-8.2z",
} as const;

/** The icon of a button, as a path, so that no font needs it. The button has the accessible name. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} fillRule="evenodd" />
    </svg>
  );
}
