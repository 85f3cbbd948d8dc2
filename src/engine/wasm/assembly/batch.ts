import { lastLayer, layerOf, Network, unitBytes } from "./network";

/** Copies rows of the data into the network: `count` entries of the row order, u32, from `order`. */
export function loadBatch(network: Network, order: usize, count: i32): void {
  const first = layerOf(network, 0);
  const last = lastLayer(network);
  network.rows = count;
  gather(network.x, first.inputs, order, count, first.a, first.inputs + 1);
  gather(network.y, last.outputs, order, count, network.targets, last.outputs);
}

/** Copies `columns` columns of the rows into a matrix of `units` columns in blocks. */
function gather(from: usize, columns: i32, order: usize, count: i32, to: usize, units: i32): void {
  const rowBytes = (<usize>columns) << 2;
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    let r0 = from + <usize>load<u32>(order) * rowBytes;
    let r1 = from + <usize>load<u32>(order, 4) * rowBytes;
    let r2 = from + <usize>load<u32>(order, 8) * rowBytes;
    let r3 = from + <usize>load<u32>(order, 12) * rowBytes;
    let at = to;
    for (const end = at + <usize>columns * unitBytes; at < end; at += unitBytes) {
      store<f64>(at, <f64>load<f32>(r0));
      store<f64>(at, <f64>load<f32>(r1), 8);
      store<f64>(at, <f64>load<f32>(r2), 16);
      store<f64>(at, <f64>load<f32>(r3), 24);
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
    }
    order += 16;
    to += <usize>units * unitBytes;
  }
  for (; n < count; n++) {
    let row = from + <usize>load<u32>(order) * rowBytes;
    let at = to;
    for (const end = at + <usize>columns * unitBytes; at < end; at += unitBytes) {
      store<f64>(at, <f64>load<f32>(row));
      row += 4;
    }
    order += 4;
    to += 8;
  }
}
