// @ts-check
/** Photos and signatures: made small, encrypted, refused first when room runs out. */

import { newId } from "./bytes.js";
import { all, change, get } from "./store.js";

const WIDEST = 1600;
const QUALITY = 0.8;
/** What stays free for words, and for the browser itself. */
const RESERVE = 20 * 1024 * 1024;
const LARGEST = 3 * 1024 * 1024;
const BALLAST = 1024 * 1024;

/** @typedef {import("./vault.js").Vault} Vault */

/** There is no room for another photo; forms can still be saved. */
export class NoRoom extends Error {}
/** The file is not a picture that this browser can read. */
export class NoPicture extends Error {}

/**
 * Hold some room that photos cannot take: browsers no longer say how much there is, so
 * words that find none throw this overboard (`queue.makeRoom`). Random, for it to weigh.
 */
export async function loadBallast() {
  if (await get("ballast", "ballast")) return;
  const bytes = new Uint8Array(BALLAST);
  for (let at = 0; at < BALLAST; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  await change(["ballast"], (at) => void at.ballast.put({ id: "ballast", bytes })).catch(() => {});
}

/** @returns {Promise<number>} bytes that photos may still take, where the browser tells */
export async function room() {
  if (!navigator.storage?.estimate) return Infinity;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? Infinity : quota - (usage ?? 0) - RESERVE;
}

/**
 * Draw a picture smaller and without what the camera wrote beside it (place, device).
 * @param {Blob} file
 * @returns {Promise<{canvas: HTMLCanvasElement, blob: Blob}>}
 */
export async function shrink(file) {
  const picture = await createImageBitmap(file).catch(() => {
    throw new NoPicture();
  });
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return { canvas, blob: await encode(canvas, "image/jpeg") };
}

/** @param {HTMLCanvasElement} canvas @param {string} type @returns {Promise<Blob>} */
export function encode(canvas, type) {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NoPicture())), type, QUALITY),
  );
}

/**
 * Keep a photo of a form, encrypted, until the server has it.
 * @param {Vault} vault
 * @param {string} record
 * @param {Blob} blob
 * @returns {Promise<string>} the photo's id
 */
export async function add(vault, record, blob) {
  if (blob.size > LARGEST || (await room()) < blob.size) throw new NoRoom();
  const id = newId();
  const box = await vault.seal(`photos/${id}`, await blob.arrayBuffer());
  const row = { id, vault: vault.id, record, type: blob.type, refused: "", tries: 0, box };
  try {
    await change(["photos"], (at) => void at.photos.put(row));
  } catch (error) {
    if (/** @type {Error} */ (error)?.name === "QuotaExceededError") throw new NoRoom();
    throw error;
  }
  return id;
}

/** @param {string[]} ids */
export async function remove(...ids) {
  await change(["photos"], (at) => ids.forEach((id) => at.photos.delete(id)));
}

/** @param {object} row @param {object} values */
export async function note(row, values) {
  Object.assign(row, values);
  await change(["photos"], (at) => void at.photos.put(row));
}

/** @param {Vault} vault @returns {Promise<any[]>} rows whose photos the server has not */
export async function unsent(vault) {
  return (await all("photos", vault.id)).filter((row) => !row.refused);
}

/** @param {Vault} vault @returns {Promise<any[]>} rows of photos that are only here, refused ones too */
export async function left(vault) {
  return all("photos", vault.id);
}

/** @param {Vault} vault @param {any} row @returns {Promise<Blob>} */
export async function content(vault, row) {
  return new Blob([await vault.unseal(`photos/${row.id}`, row.box)], { type: row.type });
}
