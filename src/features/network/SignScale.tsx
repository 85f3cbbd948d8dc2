import { formatTick } from "../../kit/text/format";
import { signStroke } from "../../kit/text/palette";

const [width, height] = [120, 10];
const dashes = [0, 1, 2, 3, 4];

/** The legend of widths, colours and dashes: a wedge from −full, dashed, through zero to +full, solid. */
export function SignScale({ full }: { readonly full: number }) {
  const mid = width / 2;
  return (
    <p className="sign-scale">
      <span key={-full}>−{formatTick(full)}</span>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {dashes.map((i) => {
          const h = (height * (dashes.length - i)) / dashes.length;
          return <rect key={i} x={i * 12} y={(height - h) / 2} width={8} height={h} fill={signStroke(-1).stroke} />;
        })}
        <path d={`M${mid} ${height / 2}L${width} 0v${height}z`} fill={signStroke(1).stroke} />
        <path d={`M${mid} 0v${height}`} stroke="var(--edge)" />
      </svg>
      <span key={full}>+{formatTick(full)}</span>
    </p>
  );
}
