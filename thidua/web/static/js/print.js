// <button data-print hidden>: opens the browser's print window; without scripts there is Ctrl+P.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
