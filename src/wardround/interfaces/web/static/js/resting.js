// Where an answer rests, laid over the image: off until it is asked for, and never in its place.

import { say } from "./status.js";

const workspace = document.getElementById("workspace");
let on = false;

function tell() {
  for (const button of workspace.querySelectorAll("[data-heat]")) {
    button.setAttribute("aria-pressed", String(on));
    button.closest("[data-viewer]").classList.toggle("has-heat", on);
  }
}

workspace.addEventListener("click", (event) => {
  const button = event.target.closest("[data-heat]");
  if (!button) return;
  on = !on;
  tell();
  const viewer = button.closest("[data-viewer]");
  if (on) viewer.querySelector('[data-view="marks"][aria-pressed="false"]')?.click(); // it lies among the regions
  const says = workspace.querySelector(".rests")?.dataset.says;
  say(on ? (says ?? "What was not given to the model is dimmed.") : "The overlay is off.");
});

document.addEventListener("htmx:after:swap", tell);
