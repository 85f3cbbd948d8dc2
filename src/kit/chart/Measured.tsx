import { type ComponentProps, type ReactNode, type RefObject, useRef } from "react";
import { type Size, useSize } from "../hooks/useSize";

interface Props extends Omit<ComponentProps<"div">, "ref" | "children"> {
  readonly box?: RefObject<HTMLDivElement | null>;
  /** Drawn once the box is laid out, and again at each new size. */
  readonly children: (size: Size) => ReactNode;
}

/** A box whose contents are drawn to its size. */
export function Measured({ box, children, ...rest }: Props) {
  const own = useRef<HTMLDivElement>(null);
  const size = useSize(box ?? own);
  return (
    <div ref={box ?? own} {...rest}>
      {size.width > 0 && children(size)}
    </div>
  );
}
