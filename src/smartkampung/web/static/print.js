// A button that prints the page: a kiosk and a phone have no Ctrl and P.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
