// @ts-check
/** What this tab knows: the open vault, the caseload, how much waits, how the line is. */

import * as photos from "./photos.js";
import * as queue from "./queue.js";
import { change, get } from "./store.js";
import { NoLine, ask } from "./line.js";
import { SIGNED_OUT, sync } from "./sync.js";
import { erase, mark, vaults } from "./vault.js";

const DAYS = 14;
const DAY = 24 * 3600 * 1000;
const IDLE = 15 * 60_000;
const channel = "BroadcastChannel" in self ? new BroadcastChannel("smartkampung-field") : null;

/** @typedef {import("./vault.js").Vault} Vault */

export const state = {
  /** @type {Vault | null} */ vault: null,
  /** @type {any} */ person: null,
  /** @type {any} */ caseload: null,
  /** @type {any} */ row: null,
  counts: { draft: 0, queued: 0, sent: 0, photos: 0 },
  /** @type {"" | "sending" | "offline" | "ok" | "stuck"} */ line: "",
  persisted: true,
  erased: "",
};

/** Called after every change that a screen may show. */
export const changed = { tell: () => {} };

/** Take the open vault into this tab. @param {Vault} vault */
export async function enter(vault) {
  state.vault = vault;
  state.erased = "";
  state.person = await vault.kept("person");
  state.persisted = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
  await queue.forgetSent(vault.id, DAYS);
  await photos.loadBallast();
  await refresh();
}

/** Forget the key; what is kept stays encrypted. */
export function lock() {
  Object.assign(state, { vault: null, person: null, caseload: null, row: null, line: "" });
  changed.tell();
}

// A line that is gone is no line that was reached a minute ago.
addEventListener("offline", () => {
  if (!state.vault || state.line === "sending") return;
  state.line = "offline";
  changed.tell();
});

/** Read again what may have changed here or in another tab. */
export async function refresh() {
  const { vault } = state;
  if (!vault) return;
  const row = await get("vaults", vault.id);
  if (!row) return lock();
  state.row = row;
  state.counts = await queue.counts(vault.id);
  state.caseload = await vault.kept("caseload");
}

/** Tell this tab's screen and the other tabs. */
export async function touched() {
  await refresh();
  changed.tell();
  channel?.postMessage("touched");
}

channel?.addEventListener("message", async () => {
  await refresh();
  changed.tell();
});

let failures = 0;
/** @type {number | undefined} */
let bell;

/** Send and fetch now; when the line breaks, try again later and later, for ever. */
export async function bring() {
  const { vault } = state;
  if (!vault || state.line === "sending") return;
  clearTimeout(bell);
  state.line = "sending";
  changed.tell();
  try {
    const outcome = await sync(vault);
    failures = 0;
    state.line = outcome.stuck ? "stuck" : "ok";
  } catch (error) {
    if (!(error instanceof NoLine)) console.error(error);
    state.line = "offline";
    const seconds = Math.min(300, 5 * 2 ** failures++) * (0.75 + Math.random() / 2);
    bell = setTimeout(bring, seconds * 1000);
  }
  await eraseWhenDone(vault);
  await touched();
}

/** @param {Vault} vault */
async function eraseWhenDone(vault) {
  const row = await get("vaults", vault.id);
  if (!row?.ended) return;
  const { draft, queued } = await queue.counts(vault.id);
  // A photo that the server refused is nowhere else: it keeps the vault, too.
  const left = queued + (await photos.left(vault)).length + (row.ended === SIGNED_OUT ? draft : 0);
  if (left) return;
  const { token } = await vault.kept("person");
  // The server forgets the phone by itself after 14 days, should this not arrive.
  if (row.ended === SIGNED_OUT) await ask("DELETE", "device", { token }).catch(() => {});
  await erase(vault.id);
  state.erased = row.ended;
}

/** Sign out: what is to do goes at once, what is done goes once the server has it. */
export async function signOut() {
  const vault = /** @type {Vault} */ (state.vault);
  await mark(vault.id, { ended: SIGNED_OUT });
  await vault.forget("caseload");
  await bring();
}

/** Drop what is over 14 days old of whoever met no server, and names of what was sent; never a queue. */
export async function dropOld() {
  const known = await vaults();
  for (const { id } of known) await queue.forgetSent(id, DAYS);
  const old = known.filter(({ contact }) => Date.now() - contact > DAYS * DAY);
  if (old.length) await change(["kept"], (at) => old.forEach(({ id }) => at.kept.delete([id, "caseload"])));
}

/** @type {number | undefined} */
let idle;

/** Lock by itself when nobody touches the phone. */
export function watchIdle() {
  const again = () => {
    clearTimeout(idle);
    idle = setTimeout(lock, IDLE);
  };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, again, { passive: true });
  again();
}
