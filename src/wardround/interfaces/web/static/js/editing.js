// Editing in place: one sentence at a time, and nothing that was typed is ever lost to a reload.

import { say } from "./status.js";

export class Editing {
  constructor(workspace, template) {
    this.workspace = workspace;
    this.template = template;
    this.form = workspace.querySelector("[data-editor]");
    this.kept = null;
    addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
  }

  get box() {
    return this.form?.querySelector("textarea");
  }

  get dirty() {
    return Boolean(this.form?.isConnected) && this.box.value.trim() !== this.box.defaultValue.trim();
  }

  // Opens the editor of a sentence, or an empty one after it or at the end of a section.
  open(row) {
    const text = row.querySelector(".sentence-text").textContent;
    if (!this.begin("replace", `${row.dataset.claim}/${row.dataset.field}`, "value", text)) return;
    row.classList.add("is-editing");
    row.prepend(this.form);
    this.focus();
  }

  openNew(path, field, after) {
    if (!this.begin("add", path, field, "")) return;
    const place = document.createElement("li");
    place.append(this.form);
    after(place);
    this.focus();
  }

  begin(op, path, field, text) {
    if (this.form?.isConnected && this.dirty) {
      say("Save or cancel the open sentence first.");
      this.box.focus();
      return false;
    }
    this.close();
    this.form = this.template.content.firstElementChild.cloneNode(true);
    this.form.elements.revision.value = this.workspace.dataset.revision;
    this.form.elements.op.value = op;
    this.form.elements.path.value = path;
    this.box.name = field;
    this.box.defaultValue = text;
    this.box.value = text;
    return true;
  }

  focus() {
    window.htmx.process(this.form);
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  // Closes the editor and returns the sentence it stood in.
  close() {
    const form = this.form;
    this.form = null;
    if (!form?.isConnected) return null;
    const row = form.closest(".sentence");
    if (form.dataset.editor === undefined) return null;
    row?.classList.remove("is-editing");
    if (row) form.remove();
    else form.parentElement.remove();
    return row;
  }

  // Remembers what is being typed while the page around it is drawn anew.
  keep() {
    this.kept = null;
    if (!this.form?.isConnected) return;
    const row = this.form.closest(".sentence");
    this.kept = {
      text: this.box.value,
      original: this.box.defaultValue,
      op: this.form.elements.op.value,
      path: this.form.elements.path.value,
      field: this.box.name,
      claim: row?.dataset.claim,
      dirty: this.dirty,
    };
    this.close();
  }

  // Opens again what was being typed: at its sentence, or above the note if that has changed.
  restore() {
    const kept = this.kept;
    this.kept = null;
    if (!kept?.dirty) return;
    const rows = [...this.workspace.querySelectorAll(".sentence")];
    const same = (row) => row.querySelector(".sentence-text")?.textContent === kept.original;
    const row = rows.find((one) => one.dataset.claim === kept.claim && same(one)) ?? rows.find(same);
    if (kept.op === "replace" && row) {
      this.open(row);
      this.box.value = kept.text;
    } else if (kept.op === "add" && this.workspace.querySelector(`[data-add="${sectionOf(kept.path)}"]`)) {
      const add = this.workspace.querySelector(`[data-add="${sectionOf(kept.path)}"]`);
      this.openNew(add.dataset.add, kept.field, (place) => listOf(add).append(place));
      this.box.value = kept.text;
    } else {
      this.show(kept.text);
    }
  }

  show(text) {
    const note = this.workspace.querySelector("[data-note]");
    const box = document.createElement("div");
    box.className = "kept notice notice--accent";
    const label = document.createElement("label");
    label.textContent = "The sentence you were editing has changed meanwhile. What you typed:";
    const words = document.createElement("textarea");
    words.id = "kept-text";
    words.readOnly = true;
    words.value = text;
    label.htmlFor = words.id;
    box.append(label, words);
    note.before(box);
    words.focus();
    words.select();
  }
}

export function sectionOf(path) {
  return path.replace(/\/\d+$/, "/-");
}

export function listOf(add) {
  return add.closest(".note-section").querySelector(".sentences");
}
