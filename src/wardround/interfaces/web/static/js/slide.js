// A slide: OpenSeadragon over our tiles, the regions of the draft on it, a scale bar, and drawing.

import { Found } from "./slide_found.js";
import { say } from "./status.js";

const NICE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000];
const WIDEST = 160; // pixels of the scale bar on the screen
const LEAST = 4; // pixels of the screen: less is a slip of the hand and no region

export class SlideViewer {
  constructor(root) {
    this.root = root;
    this.marked = true;
    this.drawing = false;
    this.found = "found" in root.dataset ? new Found(this) : null;
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("keydown", (event) => this.key(event));
    this.open();
  }

  async open() {
    const { address } = this.root.dataset;
    try {
      const answer = await fetch(`${address}/about.json`);
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      this.about = await answer.json();
    } catch {
      this.root.classList.add("is-lost");
      say("The slide could not be loaded. Reload the page to try again.");
      return;
    }
    const { width, height, tileSize, tileOverlap, levels } = this.about;
    hasItsStyle();
    this.dragon = new window.OpenSeadragon.Viewer({
      element: this.root.querySelector(".slide-place"),
      showNavigationControl: false,
      showNavigator: true,
      navigatorPosition: "TOP_RIGHT",
      navigatorAutoFade: false,
      drawer: "canvas",
      maxZoomPixelRatio: 4,
      gestureSettingsMouse: { clickToZoom: false },
      keyboardNavEnabled: false,
      tileSources: {
        width,
        height,
        tileSize,
        tileOverlap,
        minLevel: 8 < levels ? 8 : 0,
        maxLevel: levels - 1,
        getTileUrl: (level, column, row) => `${address}/tiles/${level}/${column}_${row}.jpg`,
      },
    });
    for (const name of ["animation", "open", "resize"]) this.dragon.addHandler(name, () => this.measure());
    this.dragon.addHandler("canvas-drag", (event) => this.drag(event));
    this.dragon.addHandler("canvas-drag-end", (event) => this.drop(event));
    this.dragon.addHandler("tile-load-failed", () => this.root.classList.add("is-torn"));
    this.dragon.addHandler("open", () => {
      this.renew();
      this.found?.open();
    });
  }

  // Before the page is drawn anew: what is seen of the slide.
  remember() {
    if (this.dragon?.world.getItemCount()) this.seen = this.dragon.viewport.getBounds(true);
  }

  // Lays the regions over the slide; after the page was drawn anew, puts the slide back first.
  renew() {
    if (!this.dragon?.world.getItemCount()) return;
    const place = this.root.querySelector(".slide-place");
    if (!place.contains(this.dragon.container)) {
      place.append(this.dragon.container);
      this.dragon.viewport.fitBounds(this.seen, true);
      this.dragon.forceResize();
      this.dragon.forceRedraw();
    }
    this.dragon.clearOverlays();
    for (const mark of this.root.querySelectorAll(".slide-marks .mark")) {
      const box = document.createElement("div");
      box.className = "slide-box";
      box.dataset.mark = mark.id;
      box.title = mark.textContent.trim();
      box.classList.toggle("is-lit", mark.classList.contains("is-lit"));
      box.hidden = !this.marked;
      box.addEventListener("pointerdown", () => mark.click());
      this.dragon.addOverlay({ element: box, location: this.placed(mark) });
    }
    this.pressed();
    this.found?.renew();
    this.measure();
  }

  clearRegion() {
    this.drawn?.remove();
    this.drawn = null;
  }

  placed({ dataset }) {
    const { x, y, width, height } = dataset;
    return this.dragon.viewport.imageToViewportRectangle(Number(x), Number(y), Number(width), Number(height));
  }

  // Brings a region into sight, with enough around it to see where it is.
  bring(mark) {
    if (!this.dragon?.world.getItemCount()) return;
    this.marked = true;
    const place = this.placed(mark);
    const seen = this.dragon.viewport.getBounds();
    if (!seen.containsPoint(place.getCenter()) || place.width * 12 < seen.width) {
      const [wide, high] = [place.width * 3, place.height * 3];
      const centre = place.getCenter();
      const around = new window.OpenSeadragon.Rect(centre.x - wide / 2, centre.y - high / 2, wide, high);
      this.dragon.viewport.fitBounds(around);
    }
    for (const box of this.root.querySelectorAll(".slide-box")) {
      box.hidden = false;
      box.classList.toggle("is-lit", box.dataset.mark === mark.id);
    }
    this.pressed();
  }

  // --- The scale bar

  measure() {
    const bar = this.root.querySelector(".scale-bar");
    const says = this.root.querySelector(".scale-says");
    const zoom = this.dragon.viewport.viewportToImageZoom(this.dragon.viewport.getZoom(true));
    const { mpp } = this.about;
    const one = (mpp ?? 1) / zoom; // micrometres, or pixels of the slide, of one on the screen
    const length = NICE.filter((size) => size / one <= WIDEST).at(-1);
    bar.style.width = length ? `${length / one}px` : "0";
    const unit = mpp ? (length >= 1000 ? `${length / 1000} mm` : `${length} µm`) : `${length} px`;
    const power = mpp ? ` · about ${(zoom * 10) / mpp < 1 ? ((zoom * 10) / mpp).toFixed(1) : Math.round((zoom * 10) / mpp)}×` : "";
    says.textContent = length ? `${unit}${power}` : "";
  }

  // --- Drawing

  at(position) {
    const { viewport } = this.dragon;
    return viewport.viewportToImageCoordinates(viewport.pointFromPixel(position));
  }

  drag(event) {
    if (!this.drawing) return;
    event.preventDefaultAction = true;
    if (!this.from) {
      this.from = event.position.minus(event.delta);
      this.clearRegion();
      this.drawn = document.createElement("div");
      this.drawn.className = "slide-drawn";
      this.root.querySelector(".viewer-stage").append(this.drawn);
    }
    const [left, top] = [Math.min(this.from.x, event.position.x), Math.min(this.from.y, event.position.y)];
    Object.assign(this.drawn.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${Math.abs(this.from.x - event.position.x)}px`,
      height: `${Math.abs(this.from.y - event.position.y)}px`,
    });
  }

  drop(event) {
    if (!this.drawing || !this.from) return;
    const [from, to] = [this.at(this.from), this.at(event.position)];
    const moved = Math.max(Math.abs(this.from.x - event.position.x), Math.abs(this.from.y - event.position.y));
    this.from = null;
    const inside = (value, most) => Math.min(Math.max(Math.round(value), 0), most);
    const [x, right] = [from.x, to.x].map((one) => inside(one, this.about.width)).sort((a, b) => a - b);
    const [y, bottom] = [from.y, to.y].map((one) => inside(one, this.about.height)).sort((a, b) => a - b);
    const [width, height] = [right - x, bottom - y];
    if (moved < LEAST || !width || !height) {
      this.clearRegion();
      return;
    }
    const detail = { words: [x, y, width, height] };
    this.root.dispatchEvent(new CustomEvent("viewer:region", { bubbles: true, detail }));
    say(`Region drawn: ${width} by ${height} pixels of the slide.`);
  }

  // --- Buttons and keys

  get deeds() {
    const zoom = (by) => {
      this.dragon.viewport.zoomBy(by);
      this.dragon.viewport.applyConstraints();
    };
    return {
      in: () => zoom(1.5),
      out: () => zoom(1 / 1.5),
      fit: () => this.dragon.viewport.goHome(),
      marks: () => {
        this.marked = !this.marked;
        for (const box of this.root.querySelectorAll(".slide-box")) box.hidden = !this.marked;
        this.pressed();
      },
      draw: () => {
        this.drawing = !this.drawing;
        this.pressed();
      },
      heat: () => this.found.turn("heat"),
      outlines: () => this.found.turn("outlines"),
      looked: () => this.found.turn("looked"),
    };
  }

  pressed() {
    const now = { marks: this.marked, draw: this.drawing };
    for (const [name, on] of Object.entries(now)) {
      this.root.querySelector(`[data-view="${name}"]`)?.setAttribute("aria-pressed", String(on));
    }
    this.root.querySelector(".viewer-stage").classList.toggle("is-drawing", this.drawing);
  }

  click(event) {
    const button = event.target.closest("[data-view]");
    if (button && this.dragon) this.deeds[button.dataset.view]?.();
  }

  key(event) {
    if (event.target !== this.root || event.ctrlKey || event.metaKey || event.altKey || !this.dragon) return;
    const pan = (x, y) => () => {
      this.dragon.viewport.panBy(this.dragon.viewport.deltaPointsFromPixels(new window.OpenSeadragon.Point(x, y)));
      this.dragon.viewport.applyConstraints();
    };
    const { deeds } = this;
    const keys = {
      "+": deeds.in,
      "=": deeds.in,
      "-": deeds.out,
      0: deeds.fit,
      o: deeds.marks,
      d: this.root.querySelector('[data-view="draw"]') ? deeds.draw : undefined,
      ...(this.found && { h: deeds.heat, c: deeds.outlines, l: deeds.looked }),
      ArrowLeft: pan(-80, 0),
      ArrowRight: pan(80, 0),
      ArrowUp: pan(0, -80),
      ArrowDown: pan(0, 80),
    };
    const deed = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  }
}

// OpenSeadragon writes a style element of one rule unless it finds its own; our pages permit none,
// and viewer.css has the rule. This element only bears the name.
function hasItsStyle() {
  const named = document.createElementNS("urn:wardround", "style");
  named.setAttribute("data-openseadragon-mobile-css", "");
  if (!document.querySelector("style[data-openseadragon-mobile-css]")) document.head.append(named);
}
