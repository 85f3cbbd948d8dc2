/**
 * Reads textures without a stall. The GPU copies each texture into a pixel-pack buffer, and the buffer is read after a fence
 * behind the copies has passed. tfjs's `data()` uses one fence for each tensor.
 */
export interface Readback {
  /** Queues a copy of the texture drawn last, which is still bound to the framebuffer. `take` is called with its numbers. */
  copy(width: number, height: number, take: (texels: Float32Array) => void): void;
  /** Resolves when `take` of every copy queued before this call has been called, in the order of the copies. */
  collect(): Promise<void>;
  dispose(): void;
}

/** Bytes of a pixel-pack buffer, unless one copy needs more. */
const bufferBytes = 1 << 20;

/** A pixel-pack buffer and the copies in it. */
interface PackBuffer {
  readonly buffer: WebGLBuffer;
  readonly bytes: number;
  used: number;
  readonly copies: { offset: number; floats: number; take: (texels: Float32Array) => void }[];
}

/** @throws Error from `collect` where the WebGL context has been lost: data read afterwards are invalid */
export function makeReadback(gl: WebGL2RenderingContext): Readback {
  const free: PackBuffer[] = [];
  let filling: PackBuffer[] = [];
  let last: Promise<void> = Promise.resolve();

  function bufferFor(bytes: number): PackBuffer {
    const current = filling.at(-1);
    if (current && current.used + bytes <= current.bytes) return current;
    const spare = free.findIndex((target) => target.bytes >= bytes);
    const target = spare >= 0 ? (free.splice(spare, 1)[0] as PackBuffer) : makeBuffer(Math.max(bytes, bufferBytes));
    filling.push(target);
    return target;
  }

  function makeBuffer(bytes: number): PackBuffer {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, bytes, gl.STREAM_COPY);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    return { buffer, bytes, used: 0, copies: [] };
  }

  async function fetch(buffers: PackBuffer[], fence: WebGLSync | null, before: Promise<void>): Promise<void> {
    await before.catch(() => undefined);
    await fencePassed(gl, fence);
    for (const target of buffers) {
      const numbers = new Float32Array(target.used / 4);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, target.buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, numbers);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      if (gl.isContextLost()) throw new Error("The browser stopped access to the GPU (WebGL context lost).");
      for (const { offset, floats, take } of target.copies) take(numbers.subarray(offset, offset + floats));
      target.used = 0;
      target.copies.length = 0;
      free.push(target);
    }
  }

  return {
    copy(width, height, take) {
      const floats = 4 * width * height;
      const target = bufferFor(4 * floats);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, target.buffer);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, target.used);
      // With our buffer still bound, tfjs's own readPixels into memory would fail.
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      target.copies.push({ offset: target.used / 4, floats, take });
      target.used += 4 * floats;
    },
    collect() {
      const buffers = filling;
      filling = [];
      const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      last = fetch(buffers, fence, last);
      return last;
    },
    dispose() {
      for (const { buffer } of [...free, ...filling]) gl.deleteBuffer(buffer);
    },
  };
}

/**
 * Polls a fence at the rate of timers. Polling through a MessageChannel would take a core from a software GPU, and would gain
 * time only where no other chunk is under way: chunks overlap, so that a late result delays nothing.
 */
async function fencePassed(gl: WebGL2RenderingContext, fence: WebGLSync | null): Promise<void> {
  if (!fence) return; // lost context: the caller throws
  while (gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED && !gl.isContextLost())
    await new Promise((resolve) => setTimeout(resolve, 1));
  gl.deleteSync(fence);
}
