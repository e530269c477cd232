// What every page does beyond its forms: appearance, menus, dialogs, and telling what happened.

import { failed, say } from "./status.js";

const YEAR = 365 * 24 * 60 * 60;

function chooseTheme(button) {
  document.documentElement.dataset.theme = button.value;
  const secure = location.protocol === "https:";
  const name = secure ? "__Host-wardround_theme" : "wardround_theme";
  const kept = `Path=/; Max-Age=${YEAR}; SameSite=Strict${secure ? "; Secure" : ""}`;
  document.cookie = `${name}=${button.value}; ${kept}`;
  for (const other of button.parentElement.children) {
    other.setAttribute("aria-pressed", String(other === button));
  }
}

function openDialog(id, opener) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  const asked = new CustomEvent("dialog:open", { bubbles: true, cancelable: true, detail: { id } });
  if (!opener.dispatchEvent(asked)) return;
  dialog.addEventListener("close", () => opener.isConnected && opener.focus(), { once: true });
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    event.preventDefault();
    openDialog(opener.dataset.open, opener);
    return;
  }
  if (event.target.closest("dialog [data-close]")) {
    event.preventDefault();
    event.target.closest("dialog").close();
    return;
  }
  if (event.target.closest("[data-print]")) window.print();
  const theme = event.target.closest(".theme button");
  if (theme) {
    event.preventDefault();
    chooseTheme(theme);
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("announce", (event) => say(event.detail.message));

// A notice about an earlier session brings that session's token for the forms of this page.
document.addEventListener("htmx:after:swap", () => {
  const fresh = document.querySelector("[data-token]")?.dataset.token;
  if (!fresh) return;
  for (const field of document.querySelectorAll('input[name="csrf"]')) field.value = fresh;
});

// A notice in place is over once the next answer is good.
document.addEventListener("htmx:before:swap", (event) => {
  if (event.detail.ctx.response.status < 400) document.getElementById("notice").replaceChildren();
});

document.addEventListener("htmx:error", (event) => {
  const source = event.detail.ctx?.sourceElement;
  if (!source?.matches?.("form")) return;
  failed("The server could not be reached. Nothing was saved; what you typed is still here. Try again.", source);
});
