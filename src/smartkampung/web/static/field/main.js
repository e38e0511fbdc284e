// @ts-check
/** The field app: opens without a network, shows one screen at a time. */

import { h } from "./dom.js";
import { formScreen, leave } from "./form.js";
import { lockScreen } from "./lock.js";
import { record } from "./queue.js";
import { homeScreen, moreScreen, queueScreen, statusBar } from "./screens.js";
import { bring, changed, dropOld, lock, state, watchIdle } from "./state.js";
import { newer } from "./store.js";
import { choose, followCookie, language, loadWords, say } from "./words.js";

const MINUTE = 60_000;
const screens = /** @type {Record<string, () => Promise<void>>} */ ({
  "#/queue": queueScreen,
  "#/more": moreScreen,
});
let shown = "";
let begun = 0;
let painted = 0;

/** Show the screen of the address; a slow one never covers what was opened after it. */
async function go() {
  const mine = ++begun;
  await paint();
  if (mine < painted) return go();
  painted = mine;
}

/** Draw what the address says now. */
async function paint() {
  const { hash } = location;
  shown = state.vault ? hash : "lock";
  document.body.classList.toggle("open", Boolean(state.vault));
  frame();
  leave();
  if (!state.vault) return lockScreen();
  const kept = hash.startsWith("#/form/") ? await record(state.vault, hash.slice(7)) : null;
  if (kept?.state === "draft") return formScreen(kept.entry);
  return (screens[hash] ?? homeScreen)();
}

/** Show what changed, without taking a form out of anybody's hands. */
function renew() {
  frame();
  const isLocked = !state.vault;
  if (isLocked !== (shown === "lock")) return go();
  if (isLocked || document.querySelector("#app form")) return document.getElementById("queue")?.replaceWith(statusBar());
  const at = scrollY;
  const focused = document.activeElement?.id;
  go().then(() => {
    scrollTo(0, at);
    if (focused) document.getElementById(focused)?.focus();
  });
}

/** The menu of the app and its button of languages. */
function frame() {
  const menu = /** @type {HTMLElement} */ (document.getElementById("field-menu"));
  menu.hidden = !state.vault;
  const links = [["#/", "home"], ["#/queue", "queue"], ["#/more", "more"]].map(([href, key]) =>
    h("li", {}, h("a", { href, "aria-current": (location.hash || "#/") === href ? "page" : null }, say(`menu_${key}`))),
  );
  menu.setAttribute("aria-label", say("menu"));
  menu.replaceChildren(h("ul", {}, links));
  const other = language() === "id" ? "en" : "id";
  const turn = () => {
    choose(other);
    go();
  };
  const text = other === "en" ? "English" : "Bahasa Indonesia";
  document.getElementById("field-language")?.replaceChildren(h("button", { type: "button", lang: other, onclick: turn }, text));
}

/** Keep the app itself on the phone, and say when a newer one is ready. */
async function register() {
  if (!navigator.serviceWorker) return;
  const held = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const ready = () => held.waiting && navigator.serviceWorker.controller && tellNewer(() => held.waiting?.postMessage("now"));
  held.addEventListener("updatefound", () => held.installing?.addEventListener("statechange", ready));
  ready();
  let controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) location.reload();
    controlled = true;
  });
}

/** @param {() => void} use */
function tellNewer(use) {
  const bar = /** @type {HTMLElement} */ (document.getElementById("field-newer"));
  bar.hidden = false;
  bar.replaceChildren(h("p", {}, say("newer")), h("button", { type: "button", class: "btn btn-small", onclick: use }, say("newer_use")));
}

async function start() {
  followCookie();
  await loadWords();
  newer.tell = () => {
    lock();
    tellNewer(() => location.reload());
  };
  changed.tell = renew;
  await dropOld();
  addEventListener("hashchange", go);
  addEventListener("online", bring);
  addEventListener("pageshow", () => document.visibilityState === "visible" && bring());
  setInterval(() => state.counts.queued && bring(), MINUTE);
  watchIdle();
  await go();
  await register().catch(() => {});
}

if (globalThis.crypto?.subtle && globalThis.indexedDB) start();
