// @ts-check
/**
 * Forms on their way: draft, queued, sent. A record gets its id when the form opens.
 *
 * Promises: a queued record never changes again; it leaves the queue only with a
 * receipt for exactly what it says; nothing here expires.
 */

import { canonical, newId, sha256, utf8 } from "./bytes.js";
import { all, answer, change, get } from "./store.js";

/** @typedef {import("./vault.js").Vault} Vault */
/**
 * @typedef {object} Entry A form and what was typed into it.
 * @property {string} id
 * @property {string} kind
 * @property {string | null} target
 * @property {string} title
 * @property {string} who
 * @property {string} opened_at
 * @property {string} saved_at
 * @property {{lat: number, lon: number, accuracy: number} | null} position
 * @property {string[]} photos
 * @property {string | null} signature
 * @property {Record<string, string>} images which picture answers which question; stays here
 * @property {Record<string, any>} body
 */
/** @typedef {{ id: string, state: string, at: number, entry: Entry, receipt?: any }} Kept */

/** Before the kind of a form that nobody finished: it is shown, and never booked. */
const HALF = "draft/";

/** A record that was queued already, in another tab perhaps. */
export class AlreadyQueued extends Error {}

/** @returns {string} this moment by the phone's clock, with its offset */
export function moment() {
  const now = new Date();
  const ahead = -now.getTimezoneOffset();
  const two = (/** @type {number} */ n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const local = new Date(now.getTime() + ahead * 60_000).toISOString().slice(0, -1);
  return `${local}${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}

/**
 * Open a new form; nothing is kept before the first keystroke.
 * @param {{kind: string, target?: string | null, title: string, who?: string, body?: object}} what
 * @returns {Entry}
 */
export function begin({ kind, target = null, title, who = "", body = {} }) {
  const at = moment();
  const empty = { position: null, photos: [], signature: null, images: {} };
  return { id: newId(), kind, target, title, who, opened_at: at, saved_at: at, ...empty, body: { ...body } };
}

/** What the server must have received, word for word. @param {Entry} entry */
export function hashOf({ kind, target, opened_at, body, photos, signature }) {
  return sha256(utf8(canonical({ kind, target, opened_at, body, photos, signature })));
}

/**
 * @param {Vault} vault
 * @param {Entry} entry
 * @param {"draft" | "queued"} state
 */
async function save(vault, entry, state) {
  // The state lies inside, too: outside, whoever carries a rescue file could change it.
  const box = await vault.sealJson(`records/${entry.id}`, { ...entry, state });
  const row = { id: entry.id, vault: vault.id, state, at: Date.now(), box };
  const put = () =>
    change(["records"], async (at) => {
      const before = await answer(at.records.get(entry.id));
      if (before && before.state !== "draft") throw new AlreadyQueued();
      at.records.put(row);
    });
  try {
    await put();
  } catch (error) {
    if (/** @type {Error} */ (error)?.name !== "QuotaExceededError") throw error;
    await makeRoom(vault);
    await put();
  }
}

/** Give away what can be had again, so that words never fail for want of room. @param {Vault} vault */
async function makeRoom(vault) {
  await change(["ballast", "kept"], (at) => {
    at.ballast.clear();
    at.kept.delete([vault.id, "caseload"]);
  });
}

/** @type {Map<string, Promise<void>>} */
const saving = new Map();
/** @type {Map<string, Entry>} */
const latest = new Map();

/**
 * Keep a draft. While one keystroke is being written, only the latest of the next waits.
 * @param {Vault} vault
 * @param {Entry} entry
 * @returns {Promise<void>}
 */
export function saveDraft(vault, entry) {
  const waits = latest.has(entry.id);
  latest.set(entry.id, structuredClone(entry));
  const before = saving.get(entry.id) ?? Promise.resolve();
  if (waits) return before;
  const next = before.catch(() => {}).then(() => {
    const newest = /** @type {Entry} */ (latest.get(entry.id));
    latest.delete(entry.id);
    return save(vault, newest, "draft");
  });
  saving.set(entry.id, next);
  return next;
}

/** Whether a newer keystroke still waits to be kept. @param {string} id */
export const isSaving = (id) => latest.has(id);

/**
 * Put a form into the queue; resolves when the phone has it for good.
 * @param {Vault} vault
 * @param {Entry} entry
 */
export async function submit(vault, entry) {
  await saving.get(entry.id)?.catch(() => {});
  saving.delete(entry.id);
  await save(vault, { ...entry, saved_at: moment() }, "queued");
}

/**
 * Put a half form into the queue, as what it is: its owner never said "save".
 * @param {Vault} vault
 * @param {Entry} entry
 */
export function submitHalf(vault, entry) {
  return submit(vault, { ...entry, kind: HALF + entry.kind });
}

/** Throw a draft away, with its photos. @param {string} id */
export async function discard(id) {
  await saving.get(id)?.catch(() => {});
  saving.delete(id);
  const photos = await all("photos");
  await change(["records", "photos"], async (at) => {
    const row = await answer(at.records.get(id));
    if (row && row.state !== "draft") throw new AlreadyQueued();
    at.records.delete(id);
    for (const photo of photos) if (photo.record === id) at.photos.delete(photo.id);
  });
}

/**
 * @param {Vault} vault
 * @param {string} [state]
 * @returns {Promise<Kept[]>} the oldest first
 */
export async function records(vault, state) {
  const rows = (await all("records", vault.id)).filter((row) => !state || row.state === state);
  rows.sort((one, other) => one.at - other.at);
  return Promise.all(rows.map((row) => read(vault, row)));
}

/** @param {Vault} vault @param {any} row @returns {Promise<Kept>} */
async function read(vault, { id, state, at, box }) {
  const entry = await vault.unsealJson(`records/${id}`, box);
  return { id, state, at, entry, receipt: entry.receipt };
}

/** @param {Vault} vault @param {string} id @returns {Promise<Kept | null>} */
export async function record(vault, id) {
  const row = await get("records", id);
  return row && row.vault === vault.id ? read(vault, row) : null;
}

/** How much waits; needs no key. @param {string} vault @returns {Promise<{draft: number, queued: number, sent: number, photos: number}>} */
export async function counts(vault) {
  const rows = await all("records", vault);
  const count = (/** @type {string} */ state) => rows.filter((row) => row.state === state).length;
  const photos = (await all("photos", vault)).length;
  return { draft: count("draft"), queued: count("queued"), sent: count("sent"), photos };
}

/**
 * A receipt for exactly this record: it leaves the queue. What was written is gone
 * from the phone; who it was about and what the server said stays for a while.
 * @param {Vault} vault
 * @param {Entry} entry
 * @param {any} receipt
 */
export async function settle(vault, entry, receipt) {
  const { id, kind, target, title, who, saved_at } = entry;
  const kept = { id, kind, target, title, who, saved_at, receipt };
  const box = await vault.sealJson(`records/${id}`, kept);
  const row = { id, vault: vault.id, state: "sent", at: Date.now(), box };
  await change(["records"], (at) => void at.records.put(row));
}

/** Forget receipts older than some days; needs no key. @param {string} vault @param {number} days */
export async function forgetSent(vault, days) {
  const limit = Date.now() - days * 24 * 3600 * 1000;
  const old = (await all("records", vault)).filter((row) => row.state === "sent" && row.at < limit);
  if (old.length) await change(["records"], (at) => old.forEach(({ id }) => at.records.delete(id)));
}
