// @ts-check
/**
 * Bring the queue to the server and the caseload to the phone.
 *
 * Sending twice is harmless, not sending is not: whatever is not answered by a receipt
 * for exactly these words stays in the queue and is sent again. One tab sends at a time.
 */

import { sha256 } from "./bytes.js";
import { NoLine, ask } from "./line.js";
import * as photos from "./photos.js";
import * as queue from "./queue.js";
import { get } from "./store.js";
import { mark } from "./vault.js";

const MOST_RECORDS = 50;
const MOST_BYTES = 900_000;
/** So many forms in a row that break the server alone: it is not the forms. */
const MOST_BREAKS = 2;
/** After so many tries words no longer wait for their photo. */
const TRIES = 3;
const ENDS = new Set(["device_revoked", "device_expired", "device_unknown"]);
/** Why a vault ended: its owner signed out, or a code of the server. */
export const SIGNED_OUT = "signed_out";
const BROKEN_ON_THE_WAY = "wrong_digest";
const PHOTO_PATIENCE = 180_000;

/** @typedef {import("./vault.js").Vault} Vault */
/** @typedef {{ sent: number, stuck: number, ended: string, erase: boolean, busy: boolean }} Outcome */

/**
 * Send everything, then fetch what is to be done. Throws NoLine when the line broke:
 * what was confirmed until then is settled.
 * @param {Vault} vault
 * @returns {Promise<Outcome>}
 */
export function sync(vault) {
  /** @type {Outcome} */
  const outcome = { sent: 0, stuck: 0, ended: "", erase: false, busy: false };
  return alone(`smartkampung-field/${vault.id}`, outcome, async () => {
    const { token } = await vault.kept("person");
    outcome.ended = (await get("vaults", vault.id)).ended;
    await send(vault, token, outcome);
    await fetchCaseload(vault, token, outcome);
    // Whoever may not work any more leaves nothing behind: half forms go to a human.
    const sentAway = outcome.ended && outcome.ended !== SIGNED_OUT;
    if (sentAway && (await submitDrafts(vault))) await send(vault, token, outcome);
    return outcome;
  });
}

/**
 * @template T
 * @param {string} name
 * @param {T & {busy: boolean}} busy
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function alone(name, busy, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) =>
    lock ? work() : Promise.resolve(Object.assign(busy, { busy: true })),
  );
}

/** @param {Vault} vault @param {string} token @param {Outcome} outcome */
async function send(vault, token, outcome) {
  const waiting = await queue.records(vault, "queued");
  const bare = waiting.filter(({ entry }) => !imagesOf(entry).length);
  const rest = waiting.filter(({ entry }) => imagesOf(entry).length);
  await sendRecords(vault, token, bare, outcome);
  /** @type {queue.Kept[]} */
  const ready = [];
  for (const kept of rest) {
    if (!(await sendPhotos(vault, token, imagesOf(kept.entry)))) break;
    ready.push(kept);
  }
  await sendRecords(vault, token, ready, outcome);
  // Photos whose words went ahead of them.
  const drafts = new Set((await queue.records(vault, "draft")).map(({ id }) => id));
  const late = (await photos.unsent(vault)).filter(({ record }) => !drafts.has(record));
  if (!(await sendPhotos(vault, token, late.map(({ id }) => id)))) throw new NoLine("photos");
}

/** @param {queue.Entry} entry */
const imagesOf = ({ photos: taken, signature }) => [...taken, ...(signature ? [signature] : [])];

/**
 * @param {Vault} vault
 * @param {string} token
 * @param {string[]} ids
 * @returns {Promise<boolean>} whether their words may go now
 */
async function sendPhotos(vault, token, ids) {
  for (const id of ids) {
    const row = await get("photos", id);
    if (!row || row.refused) continue;
    try {
      await sendPhoto(vault, token, row);
    } catch (error) {
      if (!(error instanceof NoLine)) throw error;
      await photos.note(row, { tries: row.tries + 1 });
      if (row.tries < TRIES) return false;
    }
  }
  return true;
}

/** @param {Vault} vault @param {string} token @param {any} row */
async function sendPhoto(vault, token, row) {
  const body = await photos.content(vault, row);
  const headers = { "Content-Type": row.type, "X-Content-SHA256": await sha256(await body.arrayBuffer()) };
  const how = { token, body, headers, patience: PHOTO_PATIENCE };
  const { status, data } = await ask("PUT", `photos/${row.id}`, how);
  if (status === 200 || status === 201 || status === 409) return photos.remove(row.id);
  if (data?.code === BROKEN_ON_THE_WAY) throw new NoLine(data.code);
  // The server cannot read it: it stays here, and in the rescue file, until somebody decides.
  if (status === 413 || status === 415 || status === 422) return photos.note(row, { refused: String(status) });
  throw new NoLine(String(data?.code ?? status));
}

/** How many forms go at once: fewer after an error, which may lie in one of them. */
let pace = MOST_RECORDS;
/** Forms at which the server broke: they go last, so that they hold up no other. */
const broken = new Set();

/**
 * Send forms, and fewer at once when something is wrong with one of them. Where two in
 * a row break the server alone, it is likely the server: the rest waits for the next time.
 * @param {Vault} vault
 * @param {string} token
 * @param {queue.Kept[]} waiting
 * @param {Outcome} outcome
 */
async function sendRecords(vault, token, waiting, outcome) {
  const doubtful = waiting.filter(({ id }) => broken.has(id));
  let left = [...waiting.filter(({ id }) => !broken.has(id)), ...doubtful];
  let breaks = 0;
  while (left.length && breaks < MOST_BREAKS) {
    const batch = left.slice(0, fitting(left));
    const status = await sendBatch(vault, token, batch, outcome);
    pace = status === 200 ? Math.min(MOST_RECORDS, pace * 2) : Math.ceil(batch.length / 2);
    if (status !== 200 && batch.length > 1) continue;
    left = left.slice(batch.length);
    if (status === 200) {
      breaks = 0;
      continue;
    }
    // One that the server cannot even read must not hold up the others.
    outcome.stuck += 1;
    broken.add(batch[0].id);
    if (status === 500) breaks += 1;
  }
  outcome.stuck += left.length;
}

/** How many of the first records fit into one batch. @param {queue.Kept[]} waiting */
function fitting(waiting) {
  let bytes = 0;
  let count = 0;
  for (const { entry } of waiting.slice(0, pace)) {
    bytes += JSON.stringify(entry).length * 2;
    if (count && bytes > MOST_BYTES) break;
    count += 1;
  }
  return count;
}

/** @param {Vault} vault @param {string} token @param {queue.Kept[]} batch @param {Outcome} outcome @returns {Promise<number>} */
async function sendBatch(vault, token, batch, outcome) {
  const records = batch.map(({ entry }) => wireOf(entry));
  const { status, data } = await ask("POST", "records", { token, json: { device_time: queue.moment(), records } });
  await noteEnd(vault, data, outcome);
  await noteClock(vault, data?.server_time);
  if (status === 401) throw new NoLine(data?.code ?? "401");
  if (status === 200) await settleAll(vault, batch, data.receipts ?? [], outcome);
  return status;
}

/** @param {queue.Entry} entry */
function wireOf({ id, kind, target, opened_at, saved_at, position, photos: taken, signature, body }) {
  return { id, kind, target, opened_at, saved_at, position, photos: taken, signature, body };
}

/** @param {Vault} vault @param {queue.Kept[]} batch @param {any[]} receipts @param {Outcome} outcome */
async function settleAll(vault, batch, receipts, outcome) {
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  for (const { entry } of batch) {
    const receipt = byId.get(entry.id);
    if (receipt && receipt.body_hash === (await queue.hashOf(entry))) {
      await queue.settle(vault, entry, receipt);
      outcome.sent += 1;
    } else outcome.stuck += 1;
  }
}

/** @param {Vault} vault @param {any} data @param {Outcome} outcome */
async function noteEnd(vault, data, outcome) {
  if (ENDS.has(data?.code)) outcome.ended = data.code;
  if (data?.erase) {
    outcome.erase = true;
    outcome.ended ||= "device_revoked";
  }
  if (!outcome.ended) return;
  await mark(vault.id, { ended: outcome.ended });
  await vault.forget("caseload");
}

/** How far this phone's clock is ahead, for a rescue file. @param {Vault} vault @param {string} [server] */
async function noteClock(vault, server) {
  if (server) await vault.keep("clock", { ahead: Date.now() - Date.parse(server) });
}

/** @param {Vault} vault @param {string} token @param {Outcome} outcome */
async function fetchCaseload(vault, token, outcome) {
  if (outcome.ended) return;
  const before = await vault.kept("caseload");
  const headers = before?.etag ? { "If-None-Match": before.etag } : undefined;
  const { status, data, etag } = await ask("GET", "caseload", { token, headers });
  await noteEnd(vault, data, outcome);
  if (status === 403) await vault.forget("caseload");
  if (status === 401 || status === 403) return;
  if (status !== 200 && status !== 304) throw new NoLine(String(status));
  await noteClock(vault, data?.at);
  if (status === 200) await vault.keep("caseload", { ...data, etag: etag || data.etag });
  await mark(vault.id, { contact: Date.now() });
}

/** @param {Vault} vault @returns {Promise<number>} */
async function submitDrafts(vault) {
  const drafts = await queue.records(vault, "draft");
  for (const { entry } of drafts) await queue.submitHalf(vault, entry);
  return drafts.length;
}
