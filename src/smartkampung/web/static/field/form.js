// @ts-check
/** The screen of one form: every keystroke is kept, a finished form goes to the queue. */

import { button, h, notice, ring } from "./dom.js";
import { fault } from "./faults.js";
import { draw, fieldsOf, isAsked, isImage } from "./fields.js";
import * as queue from "./queue.js";
import { bring, state, touched } from "./state.js";
import { pick, say, when } from "./words.js";

/** @typedef {import("./fields.js").Field} Field */

/** @type {(() => void) | null} the lock of the form that is open in this tab */
let release = null;

/** @type {queue.Entry | null} the form begun last in this tab: kept nowhere before its first answer */
let fresh = null;

/** Let another tab open the form that was open here. */
export function leave() {
  release?.();
  release = null;
}

/** Take a form for this tab. @param {queue.Entry} entry @returns {Promise<boolean>} false: another tab has it */
function take({ id, kind, target }) {
  leave();
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`smartkampung-field-form/${target ? `${kind}/${target}` : id}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise((done) => (release = () => done(undefined))) : undefined;
    });
  });
}

/** Go on with the form of an item, or begin one, also of a kind that needs no item. @param {any} item @param {string} kind */
export async function beginForm(item, kind) {
  const begun = item && (await begunFor(item));
  if (begun) return void (location.hash = begun.state === "draft" ? `#/form/${begun.id}` : "#/queue");
  const label = pick(state.caseload.kinds[kind].label);
  const what = { kind, target: item?.target ?? null, title: label, who: item?.who ?? "", body: valuesOf(item) };
  fresh = queue.begin(what);
  // An address of its own, so that "back" of the phone leads to the list.
  location.hash = `#/form/${fresh.id}`;
}

/** The form at an address: the one just begun here, or a draft. @param {queue.Vault} vault @param {string} id */
export async function entryOf(vault, id) {
  const kept = await queue.record(vault, id);
  if (kept) return kept.state === "draft" ? kept.entry : null;
  return fresh?.id === id ? fresh : null;
}

/** Forget the form that was begun and never answered. */
export function forget() {
  fresh = null;
}

/** What was filled in about an item and not sent yet, in any tab. @param {any} item */
async function begunFor({ kind, target }) {
  const kept = await queue.records(/** @type {queue.Vault} */ (state.vault));
  return kept.find(({ state: at, entry }) => at !== "sent" && entry.kind === kind && entry.target === target);
}

/** What the server knows already. @param {any} item */
const valuesOf = (item) => ({ ...item?.form?.initial, ...item?.form?.carry });

/** @param {queue.Entry} entry */
export async function formScreen(entry) {
  const vault = /** @type {queue.Vault} */ (state.vault);
  const kind = state.caseload?.kinds?.[entry.kind];
  const item = state.caseload?.items?.find((/** @type {any} */ one) => one.target === entry.target && one.kind === entry.kind);
  if (!(await take(entry))) return [h("h1", {}, entry.title), notice("wait", say("other_tab")), back()];
  if (!kind) return [h("h1", {}, entry.title), notice("wait", say("form_not_here")), back()];
  const fields = fieldsOf(kind, item?.form);
  const status = h("p", { class: "muted", role: "status" });
  /** @type {Map<string, HTMLElement>} */
  const drawn = new Map();
  const keep = () => keepDraft(vault, entry, status);
  for (const field of fields) {
    const set = (/** @type {any} */ value) => {
      write(entry, fields, field, value);
      refreshAsked(fields, drawn, entry);
      return keep();
    };
    drawn.set(field.name, draw(field, { get: () => valueOf(entry, field), set, vault, record: entry.id }));
  }
  refreshAsked(fields, drawn, entry);
  const errors = h("div", {});
  const send = () => finish(vault, entry, fields, errors, drawn);
  return [
    h("h1", {}, entry.title),
    about(entry, item),
    errors,
    h("form", { novalidate: true, autocomplete: "off", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), send()) },
      [...drawn.values()],
      kind.position ? position(entry, keep) : null,
      status,
      h("div", { class: "actions" }, h("button", { class: "btn btn-big" }, say("form_save")), button(say("form_discard"), () => drop(entry), "btn-quiet")),
    ),
    back(),
  ];
}

/** @param {queue.Entry} entry @param {any} item */
function about(entry, item) {
  const parts = [entry.who, item?.address, item?.place, item?.note && pick(item.note)].filter(Boolean);
  return parts.length ? h("div", {}, h("p", { class: "lead" }, parts.join(" · ")), ring(item)) : null;
}

const back = () => h("p", {}, h("a", { class: "back", href: "#/" }, say("back")));

/** @param {queue.Entry} entry @param {Field} field */
const valueOf = ({ body, images }, field) => (isImage(field) ? images : body)[field.name];

/** @param {queue.Entry} entry @param {Field[]} fields @param {Field} field @param {any} value */
function write(entry, fields, field, value) {
  if (!isImage(field)) return void (entry.body[field.name] = value);
  entry.images[field.name] = value;
  collectImages(entry, fields);
}

/** The pictures that go with a form: those of questions that are still asked. @param {queue.Entry} entry @param {Field[]} fields */
function collectImages(entry, fields) {
  const given = (/** @type {string} */ type) =>
    fields
      .filter((field) => field.type === type && isAsked(field, entry.body))
      .map(({ name }) => entry.images[name])
      .filter(Boolean);
  entry.photos = given("photo");
  entry.signature = given("signature")[0] ?? null;
}

/** @param {Field[]} fields @param {Map<string, HTMLElement>} drawn @param {queue.Entry} entry */
function refreshAsked(fields, drawn, entry) {
  for (const field of fields) {
    const node = drawn.get(field.name);
    if (node) node.hidden = !isAsked(field, entry.body);
  }
}

/** @param {queue.Vault} vault @param {queue.Entry} entry @param {HTMLElement} status */
async function keepDraft(vault, entry, status) {
  status.className = "muted";
  status.textContent = say("draft_keeping");
  try {
    await queue.saveDraft(vault, entry);
    if (queue.isSaving(entry.id)) return;
    status.textContent = say("draft_kept", { at: when(Date.now(), false) });
  } catch (error) {
    status.className = "error";
    status.textContent = say(error instanceof queue.AlreadyQueued ? "already_queued" : "draft_failed");
  }
}

/** @param {queue.Entry} entry @param {() => Promise<void>} keep */
function position(entry, keep) {
  const word = h("p", { class: "muted", role: "status" }, entry.position ? found(entry.position) : say("position_why"));
  const ask = () => {
    word.textContent = say("position_asking");
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        entry.position = { lat: coords.latitude, lon: coords.longitude, accuracy: Math.round(coords.accuracy) };
        word.textContent = found(entry.position);
        await keep();
      },
      () => (word.textContent = say("position_failed")),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  };
  return h("div", { class: "field" }, word, button(say("position_take"), ask, "btn-quiet btn-small"));
}

/** @param {{ accuracy: number }} position */
const found = ({ accuracy }) => say("position_found", { metres: accuracy });

/**
 * What is not asked any more is not sent; nothing empty either.
 * @param {queue.Entry} entry
 * @param {Field[]} fields
 */
function tidy(entry, fields) {
  const body = { ...entry.body };
  for (const field of fields.filter((one) => !isImage(one))) {
    const value = body[field.name];
    const empty = value === "" || value === undefined || value === null || value?.length === 0;
    if (empty || !isAsked(field, entry.body)) delete body[field.name];
    if (field.type === "bool" && !field.required && isAsked(field, entry.body)) body[field.name] = value === true;
  }
  return body;
}

/** @param {queue.Vault} vault @param {queue.Entry} entry @param {Field[]} fields @param {HTMLElement} errors @param {Map<string, HTMLElement>} drawn */
async function finish(vault, entry, fields, errors, drawn) {
  const asked = tidy(entry, fields);
  const faults = fields
    .filter((field) => isAsked(field, entry.body))
    .map((field) => ({ field, text: fault(field, valueOf(entry, field), asked, fields) }))
    .filter(({ text }) => text);
  tellFaults(faults, errors, drawn);
  if (faults.length) return;
  collectImages(entry, fields);
  try {
    await queue.submit(vault, { ...entry, body: asked });
  } catch (error) {
    const known = error instanceof queue.AlreadyQueued ? "already_queued" : "save_failed";
    errors.replaceChildren(notice("late", say(known)));
    return errors.scrollIntoView();
  }
  leave();
  await touched();
  location.hash = "#/";
  bring();
}

/** @param {{field: Field, text: string}[]} faults @param {HTMLElement} errors @param {Map<string, HTMLElement>} drawn */
function tellFaults(faults, errors, drawn) {
  for (const node of drawn.values()) {
    node.classList.remove("bad");
    node.querySelector(".error.fault")?.remove();
  }
  errors.replaceChildren();
  if (!faults.length) return;
  for (const { field, text } of faults) {
    const node = drawn.get(field.name);
    node?.classList.add("bad");
    node?.querySelector("label, legend")?.after(h("p", { class: "error fault" }, text));
  }
  const go = (/** @type {string} */ name) => (/** @type {Event} */ event) => {
    event.preventDefault();
    document.getElementById(`f-${name}`)?.focus();
  };
  const lines = faults.map(({ field: { name, label }, text }) =>
    h("li", {}, h("a", { href: `#f-${name}`, onclick: go(name) }, `${pick(label).replace(/\?$/, "")}: ${text}`)),
  );
  errors.replaceChildren(h("div", { class: "errors", role: "alert", tabindex: -1 }, h("h2", {}, say("faults")), h("ul", {}, lines)));
  /** @type {HTMLElement} */ (errors.firstChild).focus();
}

/** @param {queue.Entry} entry */
async function drop(entry) {
  if (!confirm(say("form_discard_sure", { title: entry.title, who: entry.who }))) return;
  await queue.discard(entry.id);
  forget();
  leave();
  await touched();
  location.hash = "#/";
}
