// A page that nobody touches for as long as a session lasts idle is covered: nobody else reads on.
// What was typed stays in it. It is uncovered for the same person alone, who is signed in again.

const dialog = document.getElementById("away");
const idle = Number(dialog?.dataset.seconds ?? 0) * 1000;
let touched = Date.now();

function look() {
  if (dialog.open || Date.now() - touched < idle) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  document.documentElement.classList.add("covered");
  dialog.showModal();
}

async function whoIsSignedIn() {
  const answer = await fetch("/account", { redirect: "manual" });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector('input[name="me"]')?.value ?? null;
}

async function goOn() {
  const told = dialog.querySelector("[data-told]");
  told.textContent = "";
  const who = await whoIsSignedIn().catch(() => null);
  if (who === null) {
    told.textContent = "Nobody is signed in yet, or Wardround cannot be reached.";
  } else if (who !== document.querySelector('input[name="me"]').value) {
    location.replace("/");
  } else {
    touched = Date.now();
    document.documentElement.classList.remove("covered");
    dialog.close();
  }
}

if (idle > 0) {
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    addEventListener(
      kind,
      () => {
        if (!dialog.open && Date.now() - touched < idle) touched = Date.now();
      },
      { capture: true, passive: true },
    );
  }
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", look);
  dialog.querySelector("button").addEventListener("click", goOn);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5000);
}
