// Puts a field where somebody last wrote in the text of a letter.
// Without this script fields are typed as they stand in the list.
"use strict";
const texts = [...document.querySelectorAll("textarea.letter")];
let last = texts[0];
for (const text of texts) text.addEventListener("focus", () => { last = text; });
for (const button of document.querySelectorAll("[data-field]")) {
  button.addEventListener("click", () => {
    const field = `{${button.dataset.field}}`;
    last.setRangeText(field, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
