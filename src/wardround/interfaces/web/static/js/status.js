// Says things: in the status line, which screen readers speak, and in place where something failed.

let clearing;

export function say(message) {
  const line = document.getElementById("status");
  const echo = document.querySelector("[data-echo]");
  clearTimeout(clearing);
  line.textContent = "";
  requestAnimationFrame(() => {
    line.textContent = message;
  });
  if (echo) echo.textContent = message;
  clearing = setTimeout(() => {
    line.textContent = "";
    const later = document.querySelector("[data-echo]");
    if (later) later.textContent = "";
  }, 12000);
}

export function failed(message, place) {
  const box = place?.querySelector(".in-place") ?? document.getElementById("notice");
  const notice = document.createElement("div");
  notice.className = "notice notice--bad";
  notice.setAttribute("role", "alert");
  notice.textContent = message;
  box.replaceChildren(notice);
}
