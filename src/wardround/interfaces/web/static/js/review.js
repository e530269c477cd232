// The review page: selecting, moving by keys, editing, and going through findings to the signature.

import { Editing, listOf, sectionOf } from "./editing.js";
import { pressed } from "./pressing.js";
import { bring, Selection } from "./selection.js";
import { say } from "./status.js";
import { tellClaims, tellSources } from "./telling.js";

const workspace = document.getElementById("workspace");
const selection = new Selection(workspace);
const editing = new Editing(workspace, document.getElementById("editor"));
const editable = () => workspace.hasAttribute("data-editable");

// --- Selecting

// What is chosen comes into sight first: a browser stops gliding where anything else is scrolled to.
function choose(row) {
  bring(row, { glide: false });
  selection.lightSentence(row);
  row.focus({ preventScroll: true });
  if (row.querySelector(".peek")) bring(row, { glide: false });
}

function chooseTurn(turn) {
  bring(turn, { glide: false });
  const count = selection.lightTurn(turn);
  turn.focus({ preventScroll: true });
  return count;
}

workspace.addEventListener("click", (event) => {
  if (event.target.closest(".editor, .finding, button, details, .finder, .found")) return;
  const add = event.target.closest("[data-add]");
  if (add) {
    event.preventDefault();
    editing.openNew(add.dataset.add, add.dataset.field, (place) => listOf(add).append(place));
    return;
  }
  const row = event.target.closest(".sentence");
  if (event.target.closest("[data-edit]")) {
    event.preventDefault();
    selection.lightSentence(row);
    editing.open(row);
    return;
  }
  if (getSelection().toString()) return; // words are being copied
  if (row) {
    if (event.target.closest("[data-light]")) event.preventDefault();
    choose(row);
    tellSources(workspace, row);
    return;
  }
  const turn = event.target.closest(".turn:not([data-claims=''])");
  if (!turn) return;
  tellClaims(workspace, chooseTurn(turn));
});

workspace.addEventListener("focusin", (event) => {
  const row = event.target.closest(".sentence");
  if (row && event.target.matches(".sentence, a.chip") && selection.claim !== row.dataset.claim) {
    selection.lightSentence(row);
  } else if (event.target.matches(".turn") && !event.target.classList.contains("is-lit")) {
    selection.lightTurn(event.target);
  }
});

workspace.addEventListener("click", (event) => {
  const go = event.target.closest("[data-go]");
  if (go) {
    event.preventDefault();
    goTo(go.dataset.go);
  } else if (event.target.closest("[data-next-finding]")) {
    event.preventDefault();
    nextFinding();
  } else if (event.target.closest("[data-cancel]")) {
    event.preventDefault();
    editing.close()?.focus();
  }
});

function rowAt(claim) {
  return selection.sentences.find((row) => claim === row.dataset.claim || claim.startsWith(`${row.dataset.claim}/`));
}

function goTo(claim) {
  show("draft");
  const row = rowAt(claim);
  if (row) choose(row);
  else say("This is no longer in the draft.");
}

let findingAt = -1;

function nextFinding() {
  show("draft");
  const open = [...workspace.querySelectorAll(".findings .finding:not(.is-done)")].filter(
    (one) => !one.matches(".finding--note"),
  );
  if (!open.length) {
    say("No finding stands in the way.");
    return;
  }
  findingAt = (findingAt + 1) % open.length;
  const go = open[findingAt].querySelector("[data-go]");
  if (go) goTo(go.dataset.go);
  else (open[findingAt].querySelector("button") ?? workspace.querySelector("#findings-title")).focus();
  say(open[findingAt].querySelector(".finding-message").textContent);
}

// --- One pane at a time on a small window

function show(which) {
  workspace.dataset.show = which;
  for (const button of document.querySelectorAll(".pane-switch [data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === which));
  }
}

document.querySelector(".pane-switch").addEventListener("click", (event) => {
  const button = event.target.closest("[data-show]");
  if (!button) return;
  show(button.dataset.show);
  scrollTo({ top: 0 });
});

// --- Keys

const SINGLE = "wardround-single-keys";
const toggle = document.querySelector("[data-single-keys]");
toggle.checked = localStorage.getItem(SINGLE) !== "off";
toggle.addEventListener("change", () => localStorage.setItem(SINGLE, toggle.checked ? "on" : "off"));

function step(by) {
  const inTurns = document.activeElement.matches(".turn");
  const items = inTurns ? selection.turns : selection.sentences;
  if (!items.length) return;
  const at = items.indexOf(document.activeElement.closest(inTurns ? ".turn" : ".sentence"));
  const start = at >= 0 ? at + by : items.findIndex((item) => item.tabIndex === 0);
  const next = items[Math.min(Math.max(start, 0), items.length - 1)];
  if (inTurns) chooseTurn(next);
  else choose(next);
}

function crossOver() {
  if (document.activeElement.matches(".turn")) {
    show("draft");
    if (selection.current) choose(selection.current);
    return;
  }
  show("source");
  const turn = selection.turns.find((one) => one.tabIndex === 0);
  if (!turn) return;
  turn.focus({ preventScroll: true });
  bring(turn, { glide: false });
}

function addAfter(row) {
  const [, section, place] = row.dataset.claim.match(/^(.*)\/(\d+)$/);
  const add = workspace.querySelector(`[data-add="${section}/-"]`);
  editing.openNew(`${section}/${Number(place) + 1}`, add.dataset.field, (item) => row.closest("li").after(item));
}

const anywhere = {
  j: () => step(1),
  k: () => step(-1),
  t: crossOver,
  n: nextFinding,
  s: () => (workspace.querySelector("[data-sign]")?.focus(), workspace.querySelector("[data-open='sign-dialog']")?.click()),
  u: () => workspace.querySelector("[data-undo]")?.click(),
  "?": () => document.querySelector("[data-open='shortcuts']").click(),
};

const onSentence = {
  e: (row) => editing.open(row),
  a: addAfter,
  x: (row) => row.querySelector("button[form='remove']").click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("[data-editor]")) {
    keyInEditor(event);
    return;
  }
  if (event.target.matches("input, textarea, select")) return;
  if (keyMoves(event)) {
    event.preventDefault();
    return;
  }
  const key = event.key.toLowerCase();
  const row = event.target.closest(".sentence");
  const act = pressed(workspace, key, row ?? selection.current) ?? anywhere[key] ?? (written(row) ? onSentence[key] : undefined);
  if (!act || !toggle.checked) return;
  event.preventDefault();
  act(row);
});

function written(row) {
  return row && editable() && row.dataset.field;
}

function keyInEditor(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    editing.close()?.focus();
  } else if (event.key === "Enter" && event.target.matches("textarea") && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
}

// Keys that are no letters work whether or not letters are used, where they have a meaning.
function keyMoves(event) {
  const here = event.target;
  if (event.key === "Escape") {
    selection.clear();
    return true;
  }
  if (!here.matches(".sentence, .turn")) return false;
  if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "Enter" && here.matches(".sentence") && written(here)) editing.open(here);
  else if (event.key === "Enter" || event.key === " ") crossOver();
  else return false;
  return true;
}

// --- Signing: what stands in the way comes first

document.addEventListener("dialog:open", (event) => {
  if (event.detail.id !== "sign-dialog") return;
  if (editing.dirty) {
    event.preventDefault();
    say("Save or cancel the open sentence first.");
    editing.box.focus();
  } else if (event.target.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    nextFinding();
  }
});

// --- When the server has drawn the workspace anew

let after = null;

document.addEventListener("htmx:before:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  after = null;
  if (!form.matches?.("form") || !workspace.contains(form)) return;
  const body = new Map(event.detail.ctx.request.body ?? []);
  const path = body.get("path") ?? "";
  if (body.get("op") === "replace") after = () => rowAt(path);
  if (["add", "undo"].includes(body.get("op"))) after = () => rowAt(path) ?? last(sectionOf(path));
  if (body.get("op") === "remove") after = () => workspace.querySelector("[data-undo]");
  const decided = ["accept", "reject"].includes(body.get("deed"));
  if (decided) after = () => workspace.querySelector("[data-untaken]") ?? rowAt(path);
  if (body.has("finding")) {
    const claim = body.get("finding").split("@")[1];
    after = () => (claim && rowAt(claim)) || workspace.querySelector("#findings-title");
  }
});

function last(section) {
  return selection.sentences.filter((row) => sectionOf(row.dataset.claim) === section).at(-1);
}

let shown = "draft";

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status >= 400) return;
  shown = workspace.dataset.show;
  if (editing.form && ctx.sourceElement === editing.form) editing.close();
  else editing.keep();
});

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.response.status >= 400) {
    const failure = document.querySelector("#edit-notice .notice");
    if (failure) editing.box?.setAttribute("aria-invalid", "true");
    return;
  }
  show(shown);
  selection.read();
  const next = after?.();
  after = null;
  if (next?.matches(".sentence")) choose(next);
  else next?.focus();
  editing.restore();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-newest]")) return;
  document.querySelector("dialog[open]")?.close();
  window.htmx.ajax("GET", workspace.dataset.address, {
    target: "#workspace",
    select: "#workspace",
    swap: "outerMorph",
  });
});
