// Two studies side by side: opened and closed in place, and moved together while that is wanted.

import { say } from "./status.js";

const workspace = document.getElementById("workspace");

let together = true;
let opened = null; // the focus goes to this once the page is drawn anew
const settled = new WeakSet(); // viewers that took over the part which the first one shows

// --- Opening and closing

// The address keeps what is compared, so that reloading the page, and every decision, keeps it too.
async function go(beside) {
  const address = workspace.dataset.address + (beside ? `?beside=${encodeURIComponent(beside)}` : "");
  opened = beside ? "other" : "this";
  history.replaceState(null, "", address);
  await window.htmx.ajax("GET", address, { target: "#workspace", select: "#workspace", swap: "outerMorph" });
}

workspace.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-compare]");
  if (!form) return;
  event.preventDefault();
  go(form.elements.beside.value);
});

workspace.addEventListener("click", (event) => {
  if (event.target.closest("[data-compare-close]")) {
    event.preventDefault();
    go("");
  } else if (event.target.closest("[data-across]")) {
    cross();
  } else if (event.target.closest("[data-together]")) {
    together = !together;
    tell();
    if (together) follow(first());
    say(together ? "The two images move together." : "Each image moves alone.");
  }
});

document.addEventListener("htmx:after:swap", () => {
  tell();
  if (!opened) return;
  const root = workspace.querySelector(opened === "other" ? '[data-viewer="other"]' : "[data-viewer]");
  if (!root?.offsetParent) document.querySelector('.pane-switch [data-show="source"]')?.click();
  root?.focus({ preventScroll: true });
  const which = root?.querySelector(".viewer-which")?.textContent;
  say(which ? `${which}, beside this study.` : "Comparison closed.");
  opened = null;
});

function tell() {
  workspace.querySelector("[data-together]")?.setAttribute("aria-pressed", String(together));
}

function cross() {
  const roots = [...workspace.querySelectorAll("[data-viewer]")];
  roots.find((root) => root.dataset.viewer !== lastIn)?.focus();
}

let lastIn = ""; // the study whose image last had the focus: "" is this one

workspace.addEventListener("focusin", (event) => {
  const root = event.target.closest("[data-viewer]");
  if (root) lastIn = root.dataset.viewer;
});

// --- Moving together

const viewers = new Map(); // by their root, as they make themselves known by drawing

document.addEventListener("viewer:drawn", (event) => {
  const { viewer } = event.detail;
  viewers.set(viewer.root, viewer);
  if (!together) return;
  const isNew = viewer.root.dataset.viewer === "other" && !settled.has(viewer.root);
  settled.add(viewer.root);
  follow(isNew ? first() : viewer);
});

function first() {
  return viewers.get(workspace.querySelector("[data-viewer]:not([data-viewer='other'])"));
}

// Shows in the other viewer the part of its image that this one shows of its own.
function follow(leading) {
  const part = leading && partOf(leading);
  if (part === undefined) return;
  for (const root of workspace.querySelectorAll("[data-viewer]")) {
    const viewer = viewers.get(root);
    if (!viewer || viewer === leading) continue;
    const shown = partOf(viewer);
    if (shown === undefined || same(shown, part)) continue;
    viewer.view = part && viewOf(viewer, part);
    viewer.draw();
  }
}

// The part of an image that is seen: how much larger than the whole of it, and what lies in the middle.
// Null is the whole; nothing is told of a viewer that is not seen itself.
function partOf(viewer) {
  const { clientWidth: width, clientHeight: height } = viewer.stage;
  const { columns, rows } = viewer.image;
  if (!width || !height || !columns) return undefined;
  if (!viewer.view) return null;
  const { scale, x, y } = viewer.view;
  const larger = scale / viewer.fitted().scale;
  return { larger, across: (width / 2 - x) / scale / columns, down: (height / 2 - y) / scale / rows };
}

function viewOf(viewer, { larger, across, down }) {
  const { clientWidth: width, clientHeight: height } = viewer.stage;
  const { columns, rows } = viewer.image;
  const scale = viewer.fitted().scale * larger;
  return { scale, x: width / 2 - across * columns * scale, y: height / 2 - down * rows * scale };
}

function same(one, other) {
  if (!one || !other) return one === other;
  return ["larger", "across", "down"].every((name) => Math.abs(one[name] - other[name]) < 1e-6);
}
