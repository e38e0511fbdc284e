// @ts-check
/** The screen of one form: every keystroke is kept, a finished form goes to the queue. */

import { button, h, notice, show } from "./dom.js";
import { draw, fault, fieldsOf, isAsked } from "./fields.js";
import * as queue from "./queue.js";
import { bring, state, touched } from "./state.js";
import { pick, say, when } from "./words.js";

/** @typedef {import("./fields.js").Field} Field */

/** @type {(() => void) | null} the lock of the form that is open in this tab */
let release = null;

/** Let another tab open the form that was open here. */
export function leave() {
  release?.();
  release = null;
}

/** Take a form for this tab. @param {string} id @returns {Promise<boolean>} false: another tab has it */
function take(id) {
  leave();
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`smartkampung-field-form/${id}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise((done) => (release = () => done(undefined))) : undefined;
    });
  });
}

/** Begin the form of an item, or of a kind that needs none. @param {any} item @param {string} kind */
export async function beginForm(item, kind) {
  const label = pick(state.caseload.kinds[kind].label);
  const what = { kind, target: item?.target ?? null, title: label, who: item?.who ?? "", body: item?.form?.values };
  await formScreen({ id: "", state: "draft", at: 0, entry: queue.begin(what) });
}

/** @param {queue.Kept} kept */
export async function formScreen({ entry }) {
  const vault = /** @type {queue.Vault} */ (state.vault);
  const kind = state.caseload?.kinds?.[entry.kind];
  const item = state.caseload?.items?.find((/** @type {any} */ one) => one.target === entry.target && one.kind === entry.kind);
  if (!(await take(entry.id))) return show(h("h1", {}, entry.title), notice("wait", say("other_tab")), back());
  if (!kind) return show(h("h1", {}, entry.title), notice("wait", say("form_not_here")), back());
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
    drawn.set(field.name, draw(field, { get: () => entry.body[field.name], set, vault, record: entry.id }));
  }
  refreshAsked(fields, drawn, entry);
  const errors = h("div", {});
  const send = () => finish(vault, entry, fields, errors, drawn);
  show(
    ...[h("h1", {}, entry.title), about(entry, item)].filter(Boolean),
    errors,
    h("form", { novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), send()) },
      [...drawn.values()],
      kind.position ? position(entry, keep) : null,
      status,
      h("div", { class: "actions" }, h("button", { class: "btn btn-big" }, say("form_save")), button(say("form_discard"), () => drop(entry), "btn-quiet")),
    ),
    back(),
  );
}

/** @param {queue.Entry} entry @param {any} item */
function about(entry, item) {
  const parts = [entry.who, item?.place, item?.note && pick(item.note)].filter(Boolean);
  return parts.length ? h("p", { class: "lead" }, parts.join(" · ")) : null;
}

const back = () => h("p", {}, h("a", { class: "back", href: "#/" }, say("back")));

/** @param {queue.Entry} entry @param {Field[]} fields @param {Field} field @param {any} value */
function write(entry, fields, field, value) {
  entry.body[field.name] = value;
  if (field.type === "signature") entry.signature = value || null;
  if (field.type !== "photo") return;
  const names = fields.filter(({ type }) => type === "photo").map(({ name }) => name);
  entry.photos = names.map((name) => entry.body[name]).filter(Boolean);
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
  try {
    await queue.saveDraft(vault, entry);
    status.textContent = say("draft_kept", { at: when(Date.now(), false) });
    status.className = "muted";
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
  for (const field of fields) {
    const value = body[field.name];
    const empty = value === "" || value === undefined || value === null || value?.length === 0;
    if (empty || !isAsked(field, entry.body)) delete body[field.name];
    if (field.type === "bool" && isAsked(field, entry.body)) body[field.name] = value === true;
  }
  return body;
}

/** @param {queue.Vault} vault @param {queue.Entry} entry @param {Field[]} fields @param {HTMLElement} errors @param {Map<string, HTMLElement>} drawn */
async function finish(vault, entry, fields, errors, drawn) {
  const faults = fields
    .filter((field) => isAsked(field, entry.body))
    .map((field) => ({ field, text: fault(field, entry.body[field.name]) }))
    .filter(({ text }) => text);
  tellFaults(faults, errors, drawn);
  if (faults.length) return;
  try {
    await queue.submit(vault, { ...entry, body: tidy(entry, fields) });
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
    h("li", {}, h("a", { href: `#f-${name}`, onclick: go(name) }, `${pick(label)}: ${text}`)),
  );
  errors.replaceChildren(h("div", { class: "errors", role: "alert", tabindex: -1 }, h("h2", {}, say("faults")), h("ul", {}, lines)));
  /** @type {HTMLElement} */ (errors.firstChild).focus();
}

/** @param {queue.Entry} entry */
async function drop(entry) {
  if (!confirm(say("form_discard_sure", { title: entry.title, who: entry.who }))) return;
  await queue.discard(entry.id);
  leave();
  await touched();
  location.hash = "#/";
}
