// One frame of an image: fetched once, and painted through a window into eight bits.

const kept = new Map();
const MOST = 12;

// Returns the frame at an address; the last few are kept, so that going back is at once.
export async function fetchFrame(address) {
  if (!kept.has(address)) {
    kept.set(address, load(address));
    if (kept.size > MOST) kept.delete(kept.keys().next().value);
  }
  try {
    return await kept.get(address);
  } catch (error) {
    kept.delete(address);
    throw error;
  }
}

async function load(address) {
  const answer = await fetch(address, { headers: { Accept: "application/octet-stream, image/png" } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  if (answer.headers.get("Content-Type").startsWith("image/")) {
    return new Coloured(await createImageBitmap(await answer.blob()));
  }
  const facts = JSON.parse(answer.headers.get("Wardround-Frame"));
  return new Grey(new Uint16Array(await answer.arrayBuffer()), facts);
}

// A frame in colour has no window.
class Coloured {
  constructor(bitmap) {
    this.bitmap = bitmap;
    this.size = { columns: bitmap.width, rows: bitmap.height, frames: 1 };
    this.window = null;
  }

  paint() {
    return this.bitmap;
  }
}

// A frame of 16-bit numbers; `low` and `high` are the window that its file asks for.
class Grey {
  constructor(pixels, { columns, rows, frames, low, high, slope, intercept, unit }) {
    this.pixels = pixels;
    this.size = { columns, rows, frames };
    this.window = { low, high };
    this.slope = slope;
    this.intercept = intercept;
    this.unit = unit;
    this.image = new ImageData(columns, rows);
    this.words = new Uint32Array(this.image.data.buffer);
    this.canvas = new OffscreenCanvas(columns, rows);
    this.painted = "";
  }

  // What a stored number stands for, such as Hounsfield units.
  value(stored) {
    return stored * this.slope + this.intercept;
  }

  paint({ low, high }, inverted) {
    const asked = `${low},${high},${inverted}`;
    if (asked === this.painted) return this.canvas;
    const shades = new Uint32Array(65536);
    const width = Math.max(high - low, 1);
    for (let stored = 0; stored < 65536; stored += 1) {
      const part = Math.min(Math.max((stored - low) / width, 0), 1);
      const shade = Math.round(255 * (inverted ? 1 - part : part));
      shades[stored] = 0xff000000 | (shade << 16) | (shade << 8) | shade;
    }
    const { pixels, words } = this;
    for (let place = 0; place < pixels.length; place += 1) words[place] = shades[pixels[place]];
    this.canvas.getContext("2d").putImageData(this.image, 0, 0);
    this.painted = asked;
    return this.canvas;
  }
}
