// Runs before the page is painted: whoever has no scripts sees the plain page.
document.documentElement.classList.remove("no-js");
