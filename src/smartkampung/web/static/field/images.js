// @ts-check
/** A photo or a signature in a form: taken, shown, taken away. */

import { button, h } from "./dom.js";
import * as photos from "./photos.js";
import { get as row } from "./store.js";
import { say } from "./words.js";

/** @typedef {import("./fields.js").Field} Field */
/** @typedef {import("./fields.js").Place} Place */

/** @param {Field} field @param {Place} place @param {HTMLElement} group @returns {HTMLElement} */
export function imageField(field, place, group) {
  const shown = h("div", { class: "photo" });
  const word = h("p", { class: "muted", role: "status" });
  const ask = field.type === "photo" ? camera(field, place, shown, word) : pad(place, shown, word);
  group.append(word, shown, ask);
  const before = place.get();
  if (before) restore(place, before, shown, word);
  return group;
}

/** @param {Place} place @param {string} id @param {HTMLElement} shown @param {HTMLElement} word */
async function restore(place, id, shown, word) {
  const kept = await row("photos", id);
  if (!kept) return;
  const { canvas } = await photos.shrink(await photos.content(place.vault, kept));
  display(place, id, canvas, shown, word);
}

/** @param {Place} place @param {string} id @param {HTMLCanvasElement} canvas @param {HTMLElement} shown @param {HTMLElement} word */
function display(place, id, canvas, shown, word) {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", say("photo_kept"));
  canvas.className = "kept";
  word.textContent = say("photo_kept");
  const drop = async () => {
    place.set("");
    await photos.remove(id);
    shown.replaceChildren();
    word.textContent = say("photo_removed");
  };
  shown.replaceChildren(canvas, button(say("photo_remove"), drop, "btn-quiet btn-small"));
}

/**
 * Keep a picture in place of the one before; say why when it cannot be kept.
 * @param {Place} place
 * @param {() => Promise<{canvas: HTMLCanvasElement, blob: Blob}>} take
 * @param {HTMLElement} shown
 * @param {HTMLElement} word
 */
async function keep(place, take, shown, word) {
  word.textContent = say("photo_working");
  word.className = "muted";
  try {
    const { canvas, blob } = await take();
    const before = place.get();
    const id = await photos.add(place.vault, place.record, blob);
    await place.set(id);
    if (before) await photos.remove(before);
    display(place, id, canvas, shown, word);
  } catch (error) {
    word.className = "error";
    word.textContent = say(error instanceof photos.NoRoom ? "photo_no_room" : "photo_unreadable");
    if (!(error instanceof photos.NoRoom || error instanceof photos.NoPicture)) throw error;
  }
}

/** @param {Field} field @param {Place} place @param {HTMLElement} shown @param {HTMLElement} word */
function camera(field, place, shown, word) {
  const id = `f-${field.name}`;
  const input = h("input", {
    type: "file",
    id,
    class: "camera",
    name: field.name,
    accept: "image/*",
    capture: "environment",
    onchange: async () => {
      const [file] = input.files;
      if (file) await keep(place, () => photos.shrink(file), shown, word);
      input.value = "";
    },
  });
  // The browser's own button speaks the language of the phone.
  const label = h("label", { class: "btn btn-quiet btn-small", for: id }, say("photo_take"));
  return h("div", {}, input, label);
}

/** @param {Place} place @param {HTMLElement} shown @param {HTMLElement} word */
function pad(place, shown, word) {
  const canvas = h("canvas", { class: "pad", width: 600, height: 240, role: "img", "aria-label": say("sign_here") });
  const pen = canvas.getContext("2d");
  let drawing = false;
  let drawn = false;
  const at = (/** @type {PointerEvent} */ event) => {
    const scale = canvas.width / canvas.clientWidth;
    return /** @type {[number, number]} */ ([event.offsetX * scale, event.offsetY * scale]);
  };
  const wipe = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  };
  wipe();
  canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = drawn = true;
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#14201f" });
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => (drawing = false));
  const take = async () => {
    const copy = h("canvas", { width: canvas.width, height: canvas.height });
    copy.getContext("2d").drawImage(canvas, 0, 0);
    return { canvas: copy, blob: await photos.encode(copy, "image/png") };
  };
  const done = async () => {
    if (!drawn) return void (word.textContent = say("sign_empty"));
    await keep(place, take, shown, word);
    wipe();
  };
  const buttons = h("div", { class: "actions" }, button(say("sign_keep"), done, "btn-small"), button(say("sign_wipe"), wipe, "btn-quiet btn-small"));
  return h("div", {}, h("p", { class: "help" }, say("sign_here")), canvas, buttons);
}
