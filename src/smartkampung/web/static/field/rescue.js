// @ts-check
/**
 * The way out when a phone cannot send: the encrypted queue as a file.
 *
 * It holds ciphertext only, and the vault's key wrapped for the server's rescue key;
 * so it needs no PIN to make, and only the server can open it.
 */

import { fromBase64, random, toBase64, utf8 } from "./bytes.js";
import { all, get } from "./store.js";

const FORMAT = "smartkampung-field-rescue/2";
const WRAPPING = "smartkampung-field-rescue/1";

/**
 * @param {Uint8Array<ArrayBuffer>} secret
 * @param {string} publicKey uncompressed P-256 point, base64
 * @returns {Promise<{point: string, iv: string, box: string}>}
 */
export async function sealForServer(secret, publicKey) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const server = await crypto.subtle.importKey("raw", fromBase64(publicKey), curve, false, []);
  const mine = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(curve, true, ["deriveBits"]));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, mine.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: utf8(WRAPPING) };
  const key = await crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = random(12);
  const box = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, secret));
  return { point: toBase64(point), iv: toBase64(iv), box: toBase64(box) };
}

/** @param {any} row @param {string} place */
function boxOf({ box }, place) {
  return { place, iv: toBase64(box.iv), data: toBase64(new Uint8Array(box.data)) };
}

/**
 * Everything of a vault that the server has not confirmed, drafts and photos included.
 * @param {string} id
 * @returns {Promise<Blob>}
 */
export async function rescueFile(id) {
  const vault = await get("vaults", id);
  const records = await all("records", id);
  const photos = await all("photos", id);
  const person = await get("kept", [id, "person"]);
  const clock = await get("kept", [id, "clock"]);
  const content = {
    format: FORMAT,
    vault: id,
    device: vault.device,
    made_at: new Date().toISOString(),
    key: vault.rescue,
    // Whose phone it is: its token, as locked as the rest.
    person: boxOf(person, "kept/person"),
    // How far its clock was ahead when it last met the server: as locked as the rest.
    clock: clock ? boxOf(clock, "kept/clock") : null,
    records: records.filter(({ state }) => state !== "sent").map((row) => boxOf(row, `records/${row.id}`)),
    photos: photos.map((row) => boxOf(row, `photos/${row.id}`)),
  };
  return new Blob([JSON.stringify(content)], { type: "application/json" });
}
