// @ts-check
/** The field app: opens without a network, shows one screen at a time. */

import { h, show } from "./dom.js";
import { entryOf, forget, formScreen, leave } from "./form.js";
import { lockScreen } from "./lock.js";
import { homeScreen, moreScreen, queueScreen, statusBar } from "./screens.js";
import { bring, changed, dropOld, lock, state, watchIdle } from "./state.js";
import { newer } from "./store.js";
import { choose, followCookie, language, loadWords, say } from "./words.js";

const MINUTE = 60_000;
const screens = /** @type {Record<string, () => Promise<any[]>>} */ ({
  "#/queue": queueScreen,
  "#/more": moreScreen,
});
let shown = "";
let stale = false;
let newest = 0;
/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** The screen that the address and the lock ask for. */
const wanted = () => (state.vault ? location.hash : "lock");

/** Whether somebody has a form in the hands that is still asked for. */
const isHeld = () => shown === wanted() && document.querySelector("#app form") !== null;

/**
 * Show the screen that is asked for, one after the other: a slow one never covers
 * what was opened after it, and a form that is being filled in stays.
 * @param {boolean} words draw also an open form: its words changed
 */
function go(words = false) {
  stale ||= words;
  const mine = ++newest;
  const next = turn.then(() => mine === newest && (stale || !isHeld()) && paint());
  turn = next.catch(() => {});
  return next;
}

async function paint() {
  const { vault } = state;
  const { hash } = location;
  const asked = wanted();
  stale = false;
  document.body.classList.toggle("open", Boolean(vault));
  frame();
  leave();
  if (!vault) forget();
  const nodes = vault ? await screenOf(vault, hash) : await lockScreen();
  // Locked or opened meanwhile: what does so asks for its own screen.
  if (vault !== state.vault) return;
  const keep = shown === asked ? place() : () => {};
  shown = asked;
  show(...nodes);
  keep();
}

/** Where the reader is on this screen; call it when the screen was drawn again. */
function place() {
  const at = scrollY;
  const { activeElement: had } = document;
  return () => {
    scrollTo(0, at);
    const like = had && [...document.querySelectorAll(`#app ${had.localName}`)];
    const twin = like?.find(({ id, textContent }) => id === had?.id && textContent === had?.textContent);
    if (twin instanceof HTMLElement) twin.focus({ preventScroll: true });
  };
}

/** @param {import("./vault.js").Vault} vault @param {string} hash */
async function screenOf(vault, hash) {
  const entry = hash.startsWith("#/form/") && (await entryOf(vault, hash.slice(7)));
  return entry ? formScreen(entry) : (screens[hash] ?? homeScreen)();
}

/** Show what changed, without taking a form out of anybody's hands. */
function renew() {
  frame();
  if (isHeld()) return document.getElementById("queue")?.replaceWith(statusBar());
  // Nothing of a person stays to be read, however slow the lock's own screen is.
  if (!state.vault && shown !== "lock") document.getElementById("app")?.replaceChildren();
  go();
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
    go(true);
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
  addEventListener("hashchange", () => go());
  addEventListener("online", bring);
  addEventListener("pageshow", () => document.visibilityState === "visible" && bring());
  setInterval(() => state.counts.queued && bring(), MINUTE);
  watchIdle();
  await go();
  await register().catch(() => {});
}

if (globalThis.crypto?.subtle && globalThis.indexedDB) start();
