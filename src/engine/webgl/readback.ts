/**
 * Textures to numbers without a stall: each texture is copied into a pixel-pack buffer in the GPU's own time, and the
 * buffer is fetched once a fence behind it has passed. tfjs's `data()` would do that for each number it reads.
 */
export interface Readback {
  /** Queues the copy of the texture last drawn (it is still bound to the framebuffer); `take` gets its numbers. */
  copy(width: number, height: number, take: (texels: Float32Array) => void): void;
  /** Resolves when every copy queued before this call has been taken, in their order. */
  collect(): Promise<void>;
  dispose(): void;
}

/** Bytes a pixel-pack buffer holds, unless one copy alone needs more. */
const bufferBytes = 1 << 20;

interface Slab {
  readonly buffer: WebGLBuffer;
  readonly bytes: number;
  used: number;
  readonly copies: { offset: number; floats: number; take: (texels: Float32Array) => void }[];
}

/** @throws (from `collect`) when the context has been lost: nothing read after that is true */
export function makeReadback(gl: WebGL2RenderingContext): Readback {
  const free: Slab[] = [];
  let filling: Slab[] = [];
  let last: Promise<void> = Promise.resolve();

  function slabFor(bytes: number): Slab {
    const current = filling.at(-1);
    if (current && current.used + bytes <= current.bytes) return current;
    const spare = free.findIndex((slab) => slab.bytes >= bytes);
    const slab = spare >= 0 ? (free.splice(spare, 1)[0] as Slab) : makeSlab(Math.max(bytes, bufferBytes));
    filling.push(slab);
    return slab;
  }

  function makeSlab(bytes: number): Slab {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, bytes, gl.STREAM_COPY);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    return { buffer, bytes, used: 0, copies: [] };
  }

  async function fetch(slabs: Slab[], fence: WebGLSync | null, before: Promise<void>): Promise<void> {
    await before.catch(() => undefined);
    await passed(gl, fence);
    for (const slab of slabs) {
      const numbers = new Float32Array(slab.used / 4);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, slab.buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, numbers);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      if (gl.isContextLost()) throw new Error("The browser took the GPU away (the WebGL context was lost).");
      for (const { offset, floats, take } of slab.copies) take(numbers.subarray(offset, offset + floats));
      slab.used = 0;
      slab.copies.length = 0;
      free.push(slab);
    }
  }

  return {
    copy(width, height, take) {
      const floats = 4 * width * height;
      const slab = slabFor(4 * floats);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, slab.buffer);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, slab.used);
      // tfjs reads pixels into memory itself and would fail with our buffer still bound.
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      slab.copies.push({ offset: slab.used / 4, floats, take });
      slab.used += 4 * floats;
    },
    collect() {
      const slabs = filling;
      filling = [];
      const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      last = fetch(slabs, fence, last);
      return last;
    },
    dispose() {
      for (const { buffer } of [...free, ...filling]) gl.deleteBuffer(buffer);
    },
  };
}

/**
 * Polls a fence now and then. A tighter loop (a MessageChannel's) would take a core from a software GPU, and answer
 * sooner only where nothing else is under way: chunks overlap, so a late look costs nothing.
 */
async function passed(gl: WebGL2RenderingContext, fence: WebGLSync | null): Promise<void> {
  if (!fence) return; // a lost context; the caller says so
  while (gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED && !gl.isContextLost())
    await new Promise((resolve) => setTimeout(resolve, 1));
  gl.deleteSync(fence);
}
