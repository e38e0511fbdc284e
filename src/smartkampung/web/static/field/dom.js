// @ts-check
/** Elements without markup in strings, so that nothing typed is ever read as HTML. */

import { say } from "./words.js";

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` are listeners; false leaves out
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(.../** @type {(Node | string)[]} */ (children.flat().filter((child) => child || child === "")));
  return element;
}

/** Show a screen; its heading gets the focus, so that readers begin there. @param {(Node | null | false)[]} nodes */
export function show(...nodes) {
  const room = /** @type {HTMLElement} */ (document.getElementById("app"));
  document.getElementById("field-fallback")?.remove();
  room.replaceChildren(.../** @type {Node[]} */ (nodes.filter(Boolean)));
  const heading = room.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  document.title = `${heading.textContent} · Smart Kampung`;
  scrollTo(0, 0);
}

/** @param {string} text @param {() => any} act @param {string} [look] */
export function button(text, act, look = "") {
  return h("button", { type: "button", class: `btn ${look}`, onclick: act }, text);
}

/** @param {"ok" | "wait" | "late" | "info"} look @param {...any} children */
export function notice(look, ...children) {
  return h("div", { class: `notice ${look}`, role: look === "late" ? "alert" : "status" }, children);
}

/** @param {"ok" | "wait" | "late" | "info" | ""} look @param {string} text */
export const tag = (look, text) => h("span", { class: `tag ${look}` }, text);

/** A button to call somebody, where their number is known to who may ring. @param {any} item */
export const ring = (item) =>
  item?.phone ? h("p", {}, h("a", { class: "btn btn-quiet btn-small", href: `tel:${item.phone}` }, say("ring"), h("span", { class: "sr-only" }, ` ${item.who}`))) : null;

/** Offer a blob as a file. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
