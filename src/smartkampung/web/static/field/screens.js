// @ts-check
/** The screens of who has opened a vault: what is to do, what waits, the rest. */

import { button, download, h, notice, ring, tag } from "./dom.js";
import * as queue from "./queue.js";
import { room } from "./photos.js";
import { rescueFile } from "./rescue.js";
import { bring, lock, signOut, state } from "./state.js";
import { WrongPin, changePin } from "./vault.js";
import { isGood } from "./pin.js";
import { beginForm } from "./form.js";
import { deadline, lastDay, pick, say, today, when } from "./words.js";

/** @typedef {import("./vault.js").Vault} Vault */

const TELLS = 5 * 1024 ** 3;

/** How the line and the queue are; on every screen. */
export function statusBar() {
  const { counts, line, row } = state;
  const look = counts.queued ? "wait" : "ok";
  const words = counts.queued ? say("queue_left", { count: counts.queued }) : say("queue_empty");
  const how = line ? say(`line_${line}`) : "";
  const act = say(counts.queued ? "send_now" : "fetch_now");
  const send = line === "sending" ? null : button(act, bring, "btn-quiet btn-small");
  const met = row?.contact ? h("p", { class: "muted" }, say("met", { at: when(row.contact) })) : null;
  return h("div", { class: `notice ${look}`, id: "queue" },
    h("p", { role: "status" }, h("b", {}, words), how ? ` · ${how}` : ""), met, send);
}

/** What is to do: what presses first, and in it place by place, as one walks. */
export async function homeScreen() {
  const vault = /** @type {Vault} */ (state.vault);
  const { caseload, row } = state;
  const begun = new Map((await queue.records(vault)).filter(({ state: at }) => at !== "sent").map((kept) => [`${kept.entry.kind} ${kept.entry.target}`, kept]));
  const items = caseload?.items ?? [];
  const free = Object.entries(caseload?.kinds ?? {}).filter(([, kind]) => kind.new);
  const card = (/** @type {any} */ item) => cardOf(item, begun.get(`${item.kind} ${item.target}`));
  return [
    h("h1", {}, say("home_title")),
    statusBar(),
    row?.ended && notice("late", say(`ended_${row.ended}`)),
    !caseload && !row?.ended && notice("info", say("no_caseload")),
    caseload?.returned > 0 && notice("wait", h("p", {}, say("returned", { count: caseload.returned }), " ", h("a", { href: "/field/mend/" }, say("returned_where")))),
    free.length > 0 && h("div", { class: "actions" }, free.map(([name, kind]) => button(pick(kind.label), () => beginForm(null, name), "btn-quiet"))),
    ...walk(items).map(({ rank, stops }) => h("section", {}, h("h2", {}, say(`rank_${rank}`)), stops.map((stop) => [
      h("h3", { class: "stop" }, stop.place, h("span", { class: "muted" }, ` · ${stop.items.length}`)),
      h("ul", { class: "plain cards" }, stop.items.map(card))]).flat())),
    caseload && !items.length && h("p", {}, say("nothing_to_do")),
    caseload?.others > 0 && h("p", {}, say("others", { count: caseload.others }), " ", h("a", { href: "/staff/" }, say("others_where"))),
    caseload && h("p", { class: "muted" }, say("caseload_at", { at: when(caseload.at) })),
    !state.persisted && h("p", { class: "muted" }, say("not_persistent")),
  ];
}

/** The list cut by how much it presses now, and by place; the server gave the walk. @param {any[]} items */
function walk(items) {
  /** @type {{rank: string, stops: {place: string, items: any[]}[]}[]} */
  const parts = [];
  for (const rank of RANKS) {
    const stops = new Map();
    for (const item of items.filter((one) => rankOf(one) === rank)) {
      const place = pick(item.place);
      stops.set(place, [...(stops.get(place) ?? []), item]);
    }
    if (stops.size) parts.push({ rank, stops: [...stops].map(([place, inside]) => ({ place, items: inside })) });
  }
  return parts;
}

const RANKS = ["urgent", "late", "today", "later", "open"];

/** @param {any} item */
function rankOf({ urgent, due_at }) {
  if (urgent) return "urgent";
  if (!due_at) return "open";
  if (Date.parse(due_at) <= Date.now()) return "late";
  return lastDay(due_at) === today() ? "today" : "later";
}

/** @param {any} item @param {queue.Kept | undefined} kept */
function cardOf(item, kept) {
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    return beginForm(item, item.kind);
  };
  const due = item.due_at ? say("due", { at: deadline(item.due_at) }) : "";
  const mark = kept ? tag(kept.state === "draft" ? "info" : "wait", say(`state_${kept.state}`)) : null;
  return h("li", { class: "card" },
    h("a", { class: "card-link", href: "#/", onclick: open }, h("h4", {}, `${pick(item.title)}: ${item.who}`)),
    mark && h("p", {}, mark),
    h("p", { class: "muted" }, [item.address, due].filter(Boolean).join(" · ")),
    ring(item));
}

/** What was filled in, and what became of it. */
export async function queueScreen() {
  const vault = /** @type {Vault} */ (state.vault);
  const kept = (await queue.records(vault)).reverse();
  const part = (/** @type {string} */ name) => kept.filter((one) => one.state === name);
  const list = (/** @type {string} */ name, /** @type {(kept: queue.Kept) => any} */ line) =>
    part(name).length ? [h("h2", { class: "section" }, say(`part_${name}`)), h("ul", { class: "plain" }, part(name).map(line))] : [];
  return [
    h("h1", {}, say("queue_title")),
    statusBar(),
    ...list("draft", ({ id, entry }) => h("li", {}, h("a", { href: `#/form/${id}` }, headline(entry)), h("span", { class: "muted" }, when(entry.opened_at)))),
    ...list("queued", ({ entry }) => h("li", {}, h("b", {}, headline(entry)), h("span", { class: "muted" }, when(entry.saved_at)))),
    ...list("sent", sentLine),
    h("h2", { class: "section" }, say("rescue_title")),
    h("p", {}, say("rescue_what")),
    button(say("rescue_save"), () => saveRescue(vault.id), "btn-quiet"),
  ];
}

/** @param {queue.Entry} entry */
const headline = ({ title, who }) => [title, who].filter(Boolean).join(": ");

/** @param {queue.Kept} kept */
function sentLine({ at, entry, receipt }) {
  const look = receipt.state === "done" ? "ok" : "wait";
  const code = receipt.result?.code ? h("p", {}, say("result_code"), " ", h("b", { class: "nowrap" }, receipt.result.code)) : null;
  const asked = state.caseload?.kinds?.[entry.kind]?.fields ?? [];
  const label = (/** @type {string} */ name) => pick(asked.find((/** @type {any} */ field) => field.name === name)?.label).replace(/\?$/, "");
  const faults = Object.entries(receipt.errors ?? {}).map(([name, text]) => h("p", { class: "muted" }, [label(name), pick(text)].filter(Boolean).join(": ")));
  return h("li", {},
    h("b", {}, headline(entry)), " ", tag(look, say(`receipt_${receipt.state}`)), h("span", { class: "muted" }, when(at)),
    receipt.message ? h("p", {}, pick(receipt.message)) : null, code, faults);
}

/** @param {string} id */
async function saveRescue(id) {
  download(await rescueFile(id), `smart-kampung-${new Date().toISOString().slice(0, 10)}.json`);
}

/** Room, PIN, signing out, and the ordinary pages. */
export async function moreScreen() {
  const vault = /** @type {Vault} */ (state.vault);
  const left = await room();
  // Where a browser keeps the truth to itself, it says ten gigabytes, always.
  const size = left < TELLS ? say("room_left", { megabytes: Math.max(0, Math.floor(left / 1048576)) }) : "";
  const word = h("div", {});
  return [
    h("h1", {}, say("more_title")),
    h("p", {}, [state.person.name, ...(state.person.offices ?? []).map(pick)].join(" · ")),
    h("h2", { class: "section" }, say("storage_title")),
    h("p", {}, say(state.persisted ? "persistent" : "not_persistent"), " ", size),
    h("h2", { class: "section" }, say("pin_change")),
    pinForm(vault),
    h("h2", { class: "section" }, say("leave_title")),
    h("p", {}, say("leave_what")),
    word,
    h("div", { class: "actions" }, button(say("lock_now"), lock, "btn-quiet"), button(say("sign_out"), () => leaveNow(word), "btn-danger")),
    h("p", {}, h("a", { href: "/staff/" }, say("ordinary_pages")), " · ", h("a", { href: "/field/devices/" }, say("my_phones"))),
  ];
}

/** @param {HTMLElement} word */
async function leaveNow(word) {
  const { draft, queued } = state.counts;
  const sure = draft + queued ? "sign_out_sure_waits" : "sign_out_sure";
  if (!confirm(say(sure, { count: draft + queued }))) return;
  await signOut();
  if (state.vault) word.replaceChildren(notice("wait", say("sign_out_waits", { count: state.counts.draft + state.counts.queued })));
}

/** @param {Vault} vault */
function pinForm(vault) {
  const field = (/** @type {string} */ name) => {
    const input = h("input", { id: name, type: "password", inputmode: "numeric", autocomplete: "off", class: "short" });
    return { input, node: h("div", { class: "field" }, h("label", { for: name }, say(name)), input) };
  };
  const [old, fresh] = [field("pin_old"), field("pin_new")];
  const word = h("p", { role: "status" });
  const change = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!isGood(fresh.input.value)) return void (word.textContent = say("pin_weak"));
    try {
      await changePin(vault.id, old.input.value, fresh.input.value);
      word.textContent = say("pin_changed");
    } catch (error) {
      if (!(error instanceof WrongPin)) throw error;
      word.textContent = error.seconds ? say("pin_wait", { seconds: error.seconds }) : say("pin_wrong");
    }
    old.input.value = fresh.input.value = "";
  };
  return h("form", { onsubmit: change }, old.node, fresh.node, word, h("button", { class: "btn btn-quiet" }, say("pin_change")));
}
