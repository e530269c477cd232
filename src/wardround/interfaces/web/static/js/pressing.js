// Controls that a row names by a key, and words marked in the note for a field that asks for them.

// A row, or the page around it, may name its own controls by a key; returns what pressing it does.
export function pressed(workspace, key, row) {
  const name = `[data-key="${CSS.escape(key)}"]`;
  const control = row?.querySelector(name) ?? workspace.querySelector(`:not(.sentence *)${name}`);
  return control ? () => press(control) : undefined;
}

// Presses a button; opens a box, or brings its first field into use; puts the cursor into a field.
function press(control) {
  if (control.matches("summary")) {
    control.parentElement.open = true;
    control.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
    control.parentElement.scrollIntoView({ block: "nearest" });
  } else if (control.matches("input")) {
    control.focus();
    control.select();
  } else {
    control.click();
  }
}

// What was last marked in the note: its words, and the character of the note it begins after.
let marked = null;

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const words = chosen.toString().trim().replace(/\s+/g, " ");
  const line = chosen.anchorNode?.parentElement?.closest("[data-note-text] [data-from]");
  if (!words || !line) return;
  marked = { words: words.slice(0, 500), from: first(chosen).dataset.from };
  for (const field of document.querySelectorAll("[data-quote]")) fill(field);
});

document.addEventListener("htmx:after:swap", () => {
  for (const field of document.querySelectorAll("[data-quote]")) fill(field);
});

function first(chosen) {
  const start = chosen.getRangeAt(0).startContainer;
  return (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest("[data-from]");
}

function fill(field) {
  if (!marked || field.dataset.typed) return;
  field.value = marked.words;
  field.parentElement.querySelector("input[data-from]").value = marked.from;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-quote]")) event.target.dataset.typed = "yes";
});

document.addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.target.closest?.("details.tool-box[open]");
  if (!box) return;
  event.stopPropagation();
  box.open = false;
  box.closest(".sentence").focus();
});
