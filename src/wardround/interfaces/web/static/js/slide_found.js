// What was found on a slide, laid over it: density, outlines, and what was not looked at.

import { say } from "./status.js";

const NEAR = 1.25; // micrometres (or pixels of the slide) of a pixel of the screen, up to which outlines are drawn: 8×
const WAIT = 150; // milliseconds that the slide rests before outlines are asked for
const STEP = 40; // shades of grey between two kinds of place in looked.png
const CASING = "rgb(0 0 0 / 65%)";
const NUCLEI = ["#56b4e9", "#f0e442"]; // without DAB, with it: told apart by colour-blind eyes
const UNCLASSED = "#f0e442";
// The kinds of place by their number; each has its hatching, in viewer.css as well.
const LOOKS = {
  0: { wash: "rgb(40 48 52 / 38%)" },
  2: { wash: "rgb(0 114 178 / 14%)", lines: [[0, 1]], line: "rgb(0 84 138)" },
  3: { wash: "rgb(86 60 120 / 14%)", lines: [[1, 1]], line: "rgb(70 34 110)" },
  4: { wash: "rgb(60 60 60 / 45%)", lines: [[1, 1], [1, -1]], line: "rgb(20 20 20)" },
  5: { wash: "rgb(213 94 0 / 20%)", lines: [[1, -1]], line: "rgb(150 50 0)" },
};

export class Found {
  constructor(viewer) {
    this.viewer = viewer;
    this.root = viewer.root;
    this.on = { heat: false, outlines: true, looked: true };
    this.nuclei = [];
    this.masks = [];
  }

  get slide() {
    return this.viewer.dragon;
  }

  // Begins once the slide is open.
  async open() {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "slide-found";
    this.canvas.setAttribute("aria-hidden", "true");
    this.slide.canvas.insertBefore(this.canvas, this.slide.overlaysContainer);
    for (const name of ["update-viewport", "resize"]) this.slide.addHandler(name, () => this.draw());
    for (const name of ["animation-finish", "resize"]) this.slide.addHandler(name, () => this.rest());
    try {
      this.about = await this.json("found.json");
      if (this.on.looked) await this.load("looked");
    } catch {
      this.lost();
    }
    this.renew();
    this.rest();
  }

  // After the page was drawn anew: buttons and legend as they were.
  renew() {
    for (const [name, on] of Object.entries(this.on)) {
      this.root.querySelector(`[data-view="${name}"]`)?.setAttribute("aria-pressed", String(on));
    }
    const legend = this.root.querySelector(".slide-legend");
    if (!legend || !this.about) return;
    for (const part of legend.querySelectorAll("[data-legend]")) part.hidden = !this.on[part.dataset.legend];
    legend.querySelector(".slide-legend-unit").textContent = this.about.unit;
    const most = Math.round(this.about.brightest).toLocaleString("en").replaceAll(",", " ");
    legend.querySelector(".slide-legend-most").textContent = `${most} and more`;
    this.draw();
  }

  async turn(name) {
    this.on[name] = !this.on[name];
    this.renew();
    try {
      if (this.on[name] && name !== "outlines") await this.load(name);
    } catch {
      this.on[name] = false;
      this.lost();
    }
    this.renew();
    if (name === "outlines") this.rest();
  }

  lost() {
    say("What was found could not be loaded. Reload the page to try again.");
    this.says("What was found could not be loaded.");
  }

  says(words) {
    const place = this.root.querySelector(".slide-says");
    if (place && place.textContent !== words) place.textContent = words;
  }

  async json(name) {
    const answer = await fetch(`${this.root.dataset.address}/${name}`);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer.json();
  }

  async load(name) {
    if (this[name]) return;
    const picture = new Image();
    picture.src = `${this.root.dataset.address}/${name}.png`;
    await picture.decode();
    if (name === "looked") this.masks = masked(picture);
    this[name] = picture;
  }

  // --- Outlines, asked for where the slide rests

  // Pixels of the slide that the screen shows, and how many of them one of its own is.
  get seen() {
    const item = this.slide.world.getItemAt(0);
    const box = item.viewportToImageRectangle(this.slide.viewport.getBounds(true));
    const { x, y, width, height } = box;
    return { x, y, width, height, step: width / this.canvas.clientWidth };
  }

  get near() {
    return this.seen.step * (this.viewer.about.mpp ?? 1) <= NEAR;
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    if (!this.on.outlines || !this.near) {
      this.nuclei = [];
      this.asked = "";
      this.says(this.on.outlines && !this.near ? "Outlines are drawn from 8× on" : "");
      this.draw();
      return;
    }
    const { width, height } = this.viewer.about;
    const { seen } = this;
    const [left, top] = [Math.max(0, Math.floor(seen.x)), Math.max(0, Math.floor(seen.y))];
    const [right, low] = [Math.min(width, Math.ceil(seen.x + seen.width)), Math.min(height, Math.ceil(seen.y + seen.height))];
    const asked = `x=${left}&y=${top}&width=${Math.max(0, right - left)}&height=${Math.max(0, low - top)}`;
    if (asked === this.asked) return;
    this.asked = asked;
    try {
      const found = await this.json(`nuclei.json?${asked}`);
      if (asked !== this.asked) return;
      this.nuclei = found.nuclei.map(([kind, ...corners]) => ({ kind, corners }));
      this.says(found.many ? "Too many nuclei to outline: come closer" : "");
      this.root.dataset.outlined = this.nuclei.length;
    } catch {
      this.asked = "";
      this.lost();
    }
    this.draw();
  }

  // --- Drawing

  draw() {
    if (!this.canvas?.isConnected) return;
    const sharp = window.devicePixelRatio || 1;
    const [wide, high] = [this.canvas.clientWidth, this.canvas.clientHeight].map((side) => Math.round(side * sharp));
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    const pen = this.canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, wide, high);
    if (!wide || !high) return;
    const { x, y, step } = this.seen;
    const by = sharp / step;
    const { width, height } = this.viewer.about;
    if (this.on.heat && this.heat) spread(pen, this.heat, [x, y], by, [this.about.width, this.about.height]);
    if (this.on.looked) {
      for (const mask of this.masks) pen.drawImage(hatched(mask, [wide, high], [x, y], by, [width, height], sharp), 0, 0);
    }
    if (this.on.outlines && this.near) this.outline(pen, [x, y], by, sharp);
  }

  outline(pen, [x, y], by, sharp) {
    const classed = this.nuclei.some(({ kind }) => kind);
    for (const kind of [0, 1]) {
      const path = new Path2D();
      for (const { kind: its, corners } of this.nuclei) {
        if (its !== kind) continue;
        path.moveTo((corners[0] - x) * by, (corners[1] - y) * by);
        for (let at = 2; at < corners.length; at += 2) path.lineTo((corners[at] - x) * by, (corners[at + 1] - y) * by);
        path.closePath();
      }
      for (const [colour, line] of [[CASING, 3], [classed ? NUCLEI[kind] : UNCLASSED, 1.5]]) {
        pen.strokeStyle = colour;
        pen.lineWidth = line * sharp;
        pen.stroke(path);
      }
    }
  }
}

// Draws a small picture over the part of the slide it is of, each of its pixels a square.
function spread(pen, picture, [x, y], by, [width, height]) {
  pen.imageSmoothingEnabled = false;
  pen.drawImage(picture, -x * by, -y * by, width * by, height * by);
}

// One mask for each kind of place that is there.
function masked(picture) {
  const [wide, high] = [picture.naturalWidth, picture.naturalHeight];
  const pen = new OffscreenCanvas(wide, high).getContext("2d", { willReadFrequently: true });
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, wide, high);
  return Object.keys(LOOKS).flatMap((look) => {
    const mask = new ImageData(wide, high);
    let any = false;
    for (let at = 0; at < data.length; at += 4) {
      if (Math.round(data[at] / STEP) !== Number(look)) continue;
      mask.data[at + 3] = 255;
      any = true;
    }
    if (!any) return [];
    const canvas = new OffscreenCanvas(wide, high);
    canvas.getContext("2d").putImageData(mask, 0, 0);
    return [{ canvas, ...LOOKS[look] }];
  });
}

function hatched(mask, [wide, high], place, by, size, sharp) {
  const canvas = new OffscreenCanvas(wide, high);
  const pen = canvas.getContext("2d");
  spread(pen, mask.canvas, place, by, size);
  const pattern = new OffscreenCanvas(wide, high);
  const ink = pattern.getContext("2d");
  ink.fillStyle = mask.wash;
  ink.fillRect(0, 0, wide, high);
  const lines = new Path2D();
  for (const [across, down] of mask.lines ?? []) {
    for (let at = -high; at < wide + high; at += 12 * sharp) {
      lines.moveTo(across ? at : 0, across ? (down > 0 ? 0 : high) : at);
      lines.lineTo(across ? at + high : wide, across ? (down > 0 ? high : 0) : at);
    }
  }
  for (const [colour, line] of [["rgb(255 255 255 / 80%)", 4], [mask.line, 1.75]]) {
    ink.strokeStyle = colour;
    ink.lineWidth = line * sharp;
    ink.stroke(lines);
  }
  pen.globalCompositeOperation = "source-in";
  pen.drawImage(pattern, 0, 0);
  return canvas;
}
