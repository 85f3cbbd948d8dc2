import { type Device, startDevice } from "../../src/engine/webgl/device";

let started: Promise<Device> | null = null;

/** The WebGL device that all tests share: tfjs has one WebGL backend. */
export function device(): Promise<Device> {
  const make = () => {
    const gl = new OffscreenCanvas(1, 1).getContext("webgl2", { antialias: false, depth: false, alpha: false });
    if (!gl) throw new Error("This Chromium offers no WebGL2.");
    return startDevice(gl);
  };
  started ??= make();
  return started;
}
