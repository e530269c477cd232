// Lines that were measured on an image, and the one region that is being drawn.

const NS = "http://www.w3.org/2000/svg";

export class Measures {
  constructor() {
    this.all = [];
  }

  begin(at, from, region) {
    if (region) this.clearRegion();
    const one = { ...at, from, to: from, region };
    this.all.push(one);
    return one;
  }

  drop(one) {
    this.all = this.all.filter((it) => it !== one);
  }

  clearRegion() {
    this.all = this.all.filter((one) => !one.region);
  }

  clear() {
    this.all = [];
  }

  // Draws those of one frame anew; what was drawn before goes.
  draw(marks, at, scale, spacing) {
    marks.querySelector(".measures")?.remove();
    const group = made("g", { class: "measures" });
    for (const one of this.all.filter((it) => it.image === at.image && it.frame === at.frame)) {
      if (one.region) {
        group.append(made("rect", boxOf(one)));
        continue;
      }
      const { from, to } = one;
      group.append(made("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y }));
      const words = made("text", { x: to.x + 6 / scale, y: to.y - 6 / scale, "font-size": 13 / scale });
      words.textContent = lengthOf(one, spacing);
      group.append(words);
    }
    marks.append(group);
  }
}

// The length of a line, in millimetres where the image says how large a pixel is.
export function lengthOf({ from, to }, spacing) {
  const [down, across] = spacing ?? [null, null];
  if (!down) return `${Math.round(Math.hypot(to.x - from.x, to.y - from.y))} px`;
  return `${Math.hypot((to.x - from.x) * across, (to.y - from.y) * down).toFixed(1)} mm`;
}

export function boxOf({ from, to }) {
  const x = Math.floor(Math.min(from.x, to.x));
  const y = Math.floor(Math.min(from.y, to.y));
  return {
    x,
    y,
    width: Math.ceil(Math.max(from.x, to.x)) - x,
    height: Math.ceil(Math.max(from.y, to.y)) - y,
  };
}

function made(name, attributes) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
