import { expect, it } from "vitest";
import { type Canvas, chooseEngine } from "../../../src/worker/choose";

interface Gpu {
  readonly renderer?: string;
  /** The kinds of context that the browser has. */
  readonly contexts?: readonly string[];
  /** Whether the browser reports a major performance caveat. */
  readonly caveat?: boolean;
  readonly extensions?: readonly string[];
}

const rendererName = 0x9246;

/** Canvases of a browser with this GPU; counts the released contexts. */
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

it("chooseEngine chooses WebGL when the GPU draws into float32 textures", () => {
  const { report, gl } = chooseEngine(null, browser({}).newCanvas);
  expect(report).toEqual({ kind: "webgl", renderer: "Radeon", reason: null, why: null, software: false });
  expect(gl).not.toBeNull();
});

it("chooseEngine chooses WebGL on a software GPU when the address names webgl", () => {
  const { report } = chooseEngine("webgl", browser({ renderer: "SwiftShader", caveat: true }).newCanvas);
  expect(report).toEqual({ kind: "webgl", renderer: "SwiftShader", reason: null, why: null, software: true });
});

const onCpu = (forced: "webgl" | "cpu" | null, newCanvas: (() => Canvas) | null) => {
  const { report, gl } = chooseEngine(forced, newCanvas);
  expect(report.reason).toMatch(/^[\w ]{4,18}$/);
  expect(report).toMatchObject({ kind: "cpu", renderer: "CPU" });
  expect(gl).toBeNull();
  expect(report.why).toMatch(forced === "webgl" ? /^The address selects WebGL \(\?engine=webgl\), but th/ : /^Th/);
  return report.why;
};

it("chooseEngine chooses the CPU when the address names cpu", () => {
  expect(onCpu("cpu", browser({}).newCanvas)).toContain("?engine=cpu");
});

it.each([null, "webgl"] as const)(
  "chooseEngine chooses the CPU when a part of WebGL is missing and the address names %s",
  (forced) => {
    expect(onCpu(forced, null)).toContain("OffscreenCanvas");
    expect(onCpu(forced, browser({ contexts: [] }).newCanvas)).toContain("no WebGL in workers");
    expect(onCpu(forced, browser({ contexts: ["webgl"] }).newCanvas)).toContain("no WebGL2 in workers");
    expect(onCpu(forced, browser({ extensions: [] }).newCanvas)).toMatch(/Radeon.*float32/);
  },
);

it("chooseEngine chooses the CPU on a software GPU, reported or recognised by name, and releases the context", () => {
  for (const gpu of [{ renderer: "GDI Generic", caveat: true }, { renderer: "llvmpipe (LLVM 15)" }]) {
    const { newCanvas, lost } = browser(gpu);
    expect(onCpu(null, newCanvas)).toContain(gpu.renderer);
    expect(lost()).toBe(1);
  }
});

it.each([null, "webgl"] as const)(
  "chooseEngine chooses the CPU with the reason when WebGL throws and the address names %s",
  (forced) => {
    const newCanvas = () => {
      throw new Error("blocked by policy");
    };
    expect(onCpu(forced, newCanvas)).toContain("blocked by policy");
    expect(onCpu(forced, () => ({ getContext: newCanvas }))).toContain("blocked by policy");
  },
);
