// A viewer of images: window and level, zoom, pan, frames, regions on the image, measures.
// Everything on the image is in pixels of the whole image, whatever is shown of it.

import { fetchFrame } from "./frames.js";
import { boxOf, lengthOf, Measures } from "./measures.js";
import { say } from "./status.js";
import { deedsOf, keysOf } from "./viewer_keys.js";

const LEAST = 4; // pixels: less is a slip of the hand and no region

export class Viewer {
  constructor(root) {
    this.root = root;
    this.images = JSON.parse(root.dataset.images);
    this.at = { image: Number(root.dataset.image ?? 0), frame: 0 };
    this.view = null; // scale and offset; null fits the image into its place
    this.window = null; // null is the window that the file asks for
    this.inverted = false;
    this.marked = true;
    this.tool = "window";
    this.measures = new Measures();
    this.frame = null;
    this.find();
    root.addEventListener("pointerdown", (event) => this.press(event));
    root.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("change", (event) => this.change(event));
    new ResizeObserver(() => this.draw()).observe(root.querySelector(".viewer-stage"));
    this.show(this.at.image, 0);
  }

  // Finds its parts; again after the page was drawn anew.
  find() {
    this.stage = this.root.querySelector(".viewer-stage");
    this.canvas = this.root.querySelector("canvas");
    this.marks = this.root.querySelector(".viewer-marks");
    this.said = this.root.querySelector(".viewer-facts");
  }

  renew() {
    this.find();
    this.draw();
  }

  get image() {
    return this.images[this.at.image];
  }

  async show(image, frame) {
    const other = image !== this.at.image;
    this.at = { image, frame };
    if (other || !this.frame) {
      this.view = null;
      this.window = null;
    }
    this.root.setAttribute("aria-busy", "true");
    const asked = this.at;
    try {
      const loaded = await fetchFrame(`${this.image.address}/frames/${frame}`);
      if (asked !== this.at) return; // another was asked for meanwhile
      this.frame = loaded;
      if (!this.image.columns) Object.assign(this.image, loaded.size); // no model told its size
      this.root.classList.remove("is-lost");
    } catch {
      this.frame = null;
      this.root.classList.add("is-lost");
      say("The image could not be loaded. Reload the page to try again.");
    }
    this.root.removeAttribute("aria-busy");
    this.draw();
  }

  // --- Drawing

  fitted() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    const { columns, rows } = this.image;
    const scale = Math.min(width / columns, height / rows);
    return { scale, x: (width - columns * scale) / 2, y: (height - rows * scale) / 2 };
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height || !this.image.columns) return;
    const ratio = devicePixelRatio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const { scale, x, y } = this.view ?? this.fitted();
    const { columns, rows } = this.image;
    if (this.frame) {
      const pen = this.canvas.getContext("2d");
      pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
      pen.imageSmoothingEnabled = scale < 3;
      pen.drawImage(this.frame.paint(this.window ?? this.frame.window, this.inverted), 0, 0, columns, rows);
    }
    this.marks.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    this.marks.style.transform = `translate(${x}px, ${y}px)`;
    Object.assign(this.marks.style, { width: `${columns * scale}px`, height: `${rows * scale}px` });
    this.marks.style.setProperty("--one", `${1 / scale}px`);
    for (const mark of this.marks.querySelectorAll("[data-image]")) {
      const here = Number(mark.dataset.image) === this.at.image && Number(mark.dataset.frame) === this.at.frame;
      mark.classList.toggle("is-elsewhere", !here || !this.marked);
    }
    this.measures.draw(this.marks, this.at, scale, this.image.spacing);
    this.tell(scale);
    this.root.dispatchEvent(new CustomEvent("viewer:drawn", { bubbles: true, detail: { viewer: this } }));
  }

  tell(scale) {
    const parts = [this.image.name];
    if (this.image.read === false) parts.push("not looked at by the model");
    if (this.images.length > 1) parts.push(`image ${this.at.image + 1} of ${this.images.length}`);
    if (this.image.frames > 1) parts.push(`frame ${this.at.frame + 1} of ${this.image.frames}`);
    if (this.frame?.window) {
      const { low, high } = this.window ?? this.frame.window;
      const [from, to] = [this.frame.value(low), this.frame.value(high)];
      parts.push(`window ${Math.round((from + to) / 2)} / ${Math.round(to - from)}${this.frame.unit ? ` ${this.frame.unit}` : ""}`);
    }
    parts.push(`${Math.round(scale * 100)} %`);
    if (this.inverted) parts.push("inverted");
    this.said.textContent = parts.join(" · ");
    for (const button of this.root.querySelectorAll("button[data-tool]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === this.tool));
    }
    this.pressState("invert", this.inverted);
    this.pressState("marks", this.marked);
    this.stage.dataset.tool = this.tool;
  }

  pressState(name, on) {
    this.root.querySelector(`[data-view="${name}"]`)?.setAttribute("aria-pressed", String(on));
  }

  // --- Moving

  zoom(by, at = { x: this.stage.clientWidth / 2, y: this.stage.clientHeight / 2 }) {
    const { scale, x, y } = this.view ?? this.fitted();
    const least = this.fitted().scale / 2;
    const wanted = Math.min(Math.max(scale * by, least), 32);
    const grown = wanted / scale;
    this.view = { scale: wanted, x: at.x - (at.x - x) * grown, y: at.y - (at.y - y) * grown };
    this.draw();
  }

  pan(x, y) {
    const view = this.view ?? this.fitted();
    this.view = { ...view, x: view.x + x, y: view.y + y };
    this.draw();
  }

  // Widens or moves the window by parts of what the file asks for.
  level(across, down) {
    if (!this.frame?.window) return;
    const { low, high } = this.window ?? this.frame.window;
    const whole = this.frame.window.high - this.frame.window.low;
    const width = Math.max(high - low + across * whole, 1);
    const centre = (low + high) / 2 + down * whole;
    this.window = { low: centre - width / 2, high: centre + width / 2 };
    this.draw();
  }

  reset() {
    Object.assign(this, { view: null, window: null, inverted: false });
    this.draw();
  }

  go(by) {
    const frame = Math.min(Math.max(this.at.frame + by, 0), this.image.frames - 1);
    if (frame !== this.at.frame) this.show(this.at.image, frame);
  }

  turn(by) {
    const image = (this.at.image + by + this.images.length) % this.images.length;
    if (image !== this.at.image) this.show(image, 0);
  }

  // Shows a region: its image, and enough of it to see what lies around it.
  async bring(mark) {
    const image = Number(mark.dataset.image);
    const frame = Number(mark.dataset.frame);
    if (image !== this.at.image || frame !== this.at.frame) await this.show(image, frame);
    this.marked = true;
    this.draw();
  }

  // --- The hand

  place(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  on(place) {
    const { scale, x, y } = this.view ?? this.fitted();
    const { columns, rows } = this.image;
    return {
      x: Math.min(Math.max((place.x - x) / scale, 0), columns),
      y: Math.min(Math.max((place.y - y) / scale, 0), rows),
    };
  }

  press(event) {
    if (!event.target.closest(".viewer-stage") || event.target.closest(".turn")) return;
    if (event.button > 1) return;
    event.preventDefault();
    this.root.focus({ preventScroll: true });
    const tool = event.button === 1 || event.shiftKey ? "pan" : this.tool;
    const deed = this.drags[tool](event);
    this.stage.setPointerCapture(event.pointerId);
    const move = (one) => deed.move?.(one);
    const stop = (one) => {
      this.stage.removeEventListener("pointermove", move);
      this.stage.removeEventListener("pointerup", stop);
      this.stage.removeEventListener("pointercancel", stop);
      deed.stop?.(one);
    };
    this.stage.addEventListener("pointermove", move);
    this.stage.addEventListener("pointerup", stop);
    this.stage.addEventListener("pointercancel", stop);
  }

  get drags() {
    return {
      pan: () => ({ move: (event) => this.pan(event.movementX, event.movementY) }),
      window: () => ({ move: (event) => this.level(event.movementX / 400, event.movementY / 400) }),
      measure: (event) => this.dragLine(event, false),
      draw: (event) => this.dragLine(event, true),
    };
  }

  dragLine(event, region) {
    const one = this.measures.begin(this.at, this.on(this.place(event)), region);
    return {
      move: (moved) => {
        one.to = this.on(this.place(moved));
        this.draw();
      },
      stop: () => this.drawn(one),
    };
  }

  drawn(one) {
    const { x, y, width, height } = boxOf(one);
    const [least, most] = [Math.min(width, height), Math.max(width, height)];
    if ((one.region ? least : most) < LEAST) {
      this.measures.drop(one);
      this.draw();
    } else if (one.region) {
      const detail = { words: [one.image, one.frame, x, y, width, height] };
      this.root.dispatchEvent(new CustomEvent("viewer:region", { bubbles: true, detail }));
      say(`Region drawn: ${width} by ${height} pixels.`);
    } else {
      say(`Measured: ${lengthOf(one, this.image.spacing)}.`);
    }
  }

  clearRegion() {
    this.measures.clearRegion();
  }

  forget() {
    this.measures.clear();
    this.draw();
  }

  wheel(event) {
    if (!event.target.closest(".viewer-stage")) return;
    event.preventDefault();
    if (this.image.frames > 1 && !event.ctrlKey) this.go(Math.sign(event.deltaY));
    else this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, this.place(event));
  }

  // --- Buttons and keys

  click(event) {
    const button = event.target.closest("button[data-tool], button[data-view]");
    if (!button) return;
    if (button.dataset.tool) this.choose(button.dataset.tool);
    else deedsOf(this)[button.dataset.view]?.();
  }

  change(event) {
    if (event.target.matches("[data-pick]")) this.show(Number(event.target.value), 0);
  }

  choose(tool) {
    this.tool = tool;
    this.tell((this.view ?? this.fitted()).scale);
  }

  key(event) {
    if (event.target !== this.root || event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = keysOf(this)[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed(event);
  }
}
