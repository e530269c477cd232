// The images of a review page: a viewer each, and the regions that are drawn for its forms.

import { Viewer } from "./viewer.js";

const viewers = new Map();

function begin() {
  for (const root of document.querySelectorAll("[data-viewer]")) {
    if (viewers.has(root)) viewers.get(root).renew();
    else viewers.set(root, new Viewer(root));
  }
}

begin();
document.addEventListener("htmx:after:swap", begin);

// A region that was drawn goes into every field that asks for one.
document.addEventListener("viewer:region", (event) => {
  const { image, frame, x, y, width, height } = event.detail;
  for (const field of document.querySelectorAll("[data-region]")) {
    field.value = [image, frame, x, y, width, height].join(" ");
  }
});

// What is lit is brought into sight on the image.
new MutationObserver((changes) => {
  for (const { target } of changes) {
    if (!target.matches(".mark.is-lit")) continue;
    viewers.get(target.closest("[data-viewer]"))?.bring(target);
    return;
  }
}).observe(document.getElementById("workspace"), { subtree: true, attributeFilter: ["class"] });
