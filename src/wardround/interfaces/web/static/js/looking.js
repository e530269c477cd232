// The images of a review page: a viewer each, and the regions that are drawn for its forms.

import "./comparing.js";
import "./resting.js";
import { SlideViewer } from "./slide.js";
import { Viewer } from "./viewer.js";

const viewers = new Map();
const of = new WeakMap(); // which images a viewer was made for

function begin() {
  for (const root of viewers.keys()) if (!root.isConnected) viewers.delete(root);
  for (const root of document.querySelectorAll("[data-viewer], [data-slide]")) {
    if (viewers.has(root) && of.get(root) === root.dataset.images) viewers.get(root).renew();
    else make(viewers.has(root) ? anew(root) : root);
  }
}

function make(root) {
  of.set(root, root.dataset.images);
  viewers.set(root, root.matches("[data-slide]") ? new SlideViewer(root) : new Viewer(root));
}

// An element that the page has kept for the images of another study: nothing of those may stay in it.
function anew(root) {
  const fresh = root.cloneNode(true);
  viewers.delete(root);
  root.replaceWith(fresh);
  return fresh;
}

begin();

document.addEventListener("htmx:before:swap", () => {
  for (const viewer of viewers.values()) viewer.remember?.();
});

// What was sent is in the draft by now: its region and its form are empty for the next one.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.request.method !== "GET") {
    for (const viewer of viewers.values()) viewer.clearRegion();
    for (const form of document.querySelectorAll("[data-fresh] form")) form.reset();
    for (const field of document.querySelectorAll("[data-region]")) field.value = "";
  }
  begin();
});

// A region that was drawn goes into every field that asks for one.
document.addEventListener("viewer:region", (event) => {
  for (const field of document.querySelectorAll("[data-region]")) field.value = event.detail.words.join(" ");
});

// What is newly lit is brought into sight on the image; what was lit before lets one turn to another.
new MutationObserver((changes) => {
  for (const { target, oldValue } of changes) {
    if (!target.matches(".mark.is-lit") || oldValue?.split(" ").includes("is-lit")) continue;
    viewers.get(target.closest("[data-viewer], [data-slide]"))?.bring(target);
    return;
  }
}).observe(document.getElementById("workspace"), { subtree: true, attributeFilter: ["class"], attributeOldValue: true });
