import { describe, expect, it } from "vitest";
import { type Canvas, chooseEngine } from "../../../src/worker/choose";

interface Gpu {
  readonly renderer?: string;
  /** The kinds of context there are. */
  readonly contexts?: readonly string[];
  /** Whether it counts as a major performance caveat. */
  readonly caveat?: boolean;
  readonly extensions?: readonly string[];
}

const rendererName = 0x9246;

/** Canvases of a browser with this GPU; counts the contexts given back. */
function browser({
  renderer = "Radeon",
  contexts = ["webgl", "webgl2"],
  caveat = false,
  extensions = ["EXT_color_buffer_float"],
}: Gpu) {
  let lost = 0;
  const newCanvas = (): Canvas => {
    let given: string | null = null;
    return {
      getContext(kind, attributes) {
        if (!contexts.includes(kind) || (given !== null && given !== kind)) return null;
        if (caveat && attributes?.failIfMajorPerformanceCaveat) return null;
        given = kind;
        return {
          getExtension(name: string) {
            if (name === "WEBGL_debug_renderer_info") return { UNMASKED_RENDERER_WEBGL: rendererName };
            if (name === "WEBGL_lose_context") return { loseContext: () => lost++ };
            return extensions.includes(name) ? {} : null;
          },
          getParameter: (name: number) => (name === rendererName ? renderer : null),
        };
      },
    };
  };
  return { newCanvas, lost: () => lost };
}

describe("WebGL", () => {
  it("where a GPU draws into float32 textures", () => {
    const { report, gl } = chooseEngine(null, browser({}).newCanvas);
    expect(report).toEqual({ kind: "webgl", renderer: "Radeon", why: null, software: false });
    expect(gl).not.toBeNull();
  });

  it("on a software GPU where the address asks for it", () => {
    const { report } = chooseEngine("webgl", browser({ renderer: "SwiftShader", caveat: true }).newCanvas);
    expect(report).toEqual({ kind: "webgl", renderer: "SwiftShader", why: null, software: true });
  });
});

describe("the CPU, saying why", () => {
  const onCpu = (forced: "webgl" | "cpu" | null, newCanvas: (() => Canvas) | null) => {
    const { report, gl } = chooseEngine(forced, newCanvas);
    expect(report).toMatchObject({ kind: "cpu", renderer: "JavaScript" });
    expect(gl).toBeNull();
    return report.why;
  };

  it("where the address asks for it", () => {
    expect(onCpu("cpu", browser({}).newCanvas)).toContain("?engine=cpu");
  });

  it.each([null, "webgl"] as const)("where something is missing, even when the address asks for %s", (forced) => {
    expect(onCpu(forced, null)).toContain("OffscreenCanvas");
    expect(onCpu(forced, browser({ contexts: [] }).newCanvas)).toContain("no WebGL in workers");
    expect(onCpu(forced, browser({ contexts: ["webgl"] }).newCanvas)).toContain("no WebGL2 in workers");
    expect(onCpu(forced, browser({ extensions: [] }).newCanvas)).toMatch(/Radeon.*float32/);
  });

  it("on a software GPU, whether or not the browser tells, giving its context back", () => {
    for (const gpu of [{ renderer: "GDI Generic", caveat: true }, { renderer: "llvmpipe (LLVM 15)" }]) {
      const { newCanvas, lost } = browser(gpu);
      expect(onCpu(null, newCanvas)).toContain(gpu.renderer);
      expect(lost()).toBe(1);
    }
  });
});
