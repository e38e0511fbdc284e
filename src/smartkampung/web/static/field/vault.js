// @ts-check
/**
 * One vault a person: a key that a PIN opens, and what is encrypted under it.
 *
 * The key is made here, never leaves the browser in a form that scripts can read again
 * (non-extractable), and is wrapped twice: for the PIN, and for the server's rescue key,
 * so that a forgotten PIN loses no work.
 */

import { newId, random, textOf, utf8 } from "./bytes.js";
import { sealForServer } from "./rescue.js";
import { all, answer, change, clear, get } from "./store.js";

const ROUNDS = 600_000;
const SECOND = 1000;
/** Seconds to wait after the third, fourth, ... wrong PIN. The queue is never erased. */
const WAITS = [0, 0, 30, 60, 300, 900, 3600];

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer }} Box */
/**
 * @typedef {object} Enrolled What the server said when the phone was enrolled.
 * @property {string} device
 * @property {string} token
 * @property {{ id: number, name: string, offices: string[] }} staff
 */

/** A PIN that does not open. `seconds` is how long to wait before the next. */
export class WrongPin extends Error {
  /** @param {number} seconds */
  constructor(seconds) {
    super("wrong pin");
    this.seconds = seconds;
  }
}

/** An opened vault: the only thing that reads and writes boxes. */
export class Vault {
  /** @param {string} id @param {CryptoKey} key */
  constructor(id, key) {
    this.id = id;
    this.key = key;
  }

  /**
   * Encrypt for one place, so that rows cannot be swapped.
   * @param {string} place
   * @param {BufferSource} bytes
   * @returns {Promise<Box>}
   */
  async seal(place, bytes) {
    const iv = random(12);
    const additionalData = utf8(`${this.id}/${place}`);
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, this.key, bytes);
    return { iv, data };
  }

  /** @param {string} place @param {Box} box @returns {Promise<ArrayBuffer>} */
  unseal(place, { iv, data }) {
    const additionalData = utf8(`${this.id}/${place}`);
    return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, this.key, data);
  }

  /** @param {string} place @param {any} value @returns {Promise<Box>} */
  sealJson(place, value) {
    return this.seal(place, utf8(JSON.stringify(value)));
  }

  /** @param {string} place @param {Box} box @returns {Promise<any>} */
  async unsealJson(place, box) {
    return JSON.parse(textOf(await this.unseal(place, box)));
  }

  /** Keep a value of this person by name. @param {string} name @param {any} value */
  async keep(name, value) {
    const box = await this.sealJson(`kept/${name}`, value);
    await change(["kept"], (at) => void at.kept.put({ vault: this.id, name, box }));
  }

  /** @param {string} name @returns {Promise<any>} null when nothing is kept */
  async kept(name) {
    const row = await get("kept", [this.id, name]);
    return row ? this.unsealJson(`kept/${name}`, row.box) : null;
  }

  /** @param {string[]} names */
  async forget(...names) {
    await change(["kept"], (at) => names.forEach((name) => at.kept.delete([this.id, name])));
  }
}

/** @param {string} pin @param {any} row @returns {Promise<CryptoKey>} */
async function pinKey(pin, { salt, rounds }) {
  const secret = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, [
    "wrapKey",
    "unwrapKey",
  ]);
}

/** @param {CryptoKey} key @param {string} pin @param {any} row */
async function wrap(key, pin, row) {
  const iv = random(12);
  const wrapped = await crypto.subtle.wrapKey("raw", key, await pinKey(pin, row), { name: "AES-GCM", iv });
  return { iv, wrapped };
}

/** @param {any} row @param {string} pin @param {boolean} extractable */
async function unwrap(row, pin, extractable) {
  const how = { name: "AES-GCM", iv: row.iv };
  return crypto.subtle.unwrapKey("raw", row.wrapped, await pinKey(pin, row), how, "AES-GCM", extractable, [
    "encrypt",
    "decrypt",
  ]);
}

/** The first letter of a name, not of a title such as "dr." or "H. Moch.". @param {string} name */
export function initialOf(name) {
  const parts = name.trim().split(/\s+/);
  return (parts.find((part) => !part.endsWith(".")) ?? parts[0]).charAt(0).toUpperCase();
}

/**
 * Make a vault on this phone for who has just been enrolled, and open it.
 * @param {string} pin
 * @param {Enrolled} enrolled
 * @param {string} rescueKey the server's public key, base64
 * @returns {Promise<Vault>}
 */
export async function create(pin, enrolled, rescueKey) {
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const raw = await crypto.subtle.exportKey("raw", made);
  const salt = random(32);
  const others = await all("vaults");
  const row = {
    id: newId(),
    device: enrolled.device,
    number: Math.max(0, ...others.map((other) => other.number)) + 1,
    initial: initialOf(enrolled.staff.name),
    salt,
    rounds: ROUNDS,
    fails: 0,
    wait: 0,
    contact: Date.now(),
    ended: "",
    rescue: await sealForServer(new Uint8Array(raw), rescueKey),
  };
  Object.assign(row, await wrap(made, pin, row));
  const vault = new Vault(row.id, await unwrap(row, pin, false));
  const box = await vault.sealJson("kept/person", { ...enrolled.staff, token: enrolled.token });
  await change(["vaults", "kept"], (at) => {
    at.vaults.put(row);
    at.kept.put({ vault: row.id, name: "person", box });
  });
  return vault;
}

/**
 * Open a vault; wrong PINs make the next one wait longer, in every tab and after a restart.
 * @param {string} id
 * @param {string} pin
 * @returns {Promise<Vault>}
 */
export async function unlock(id, pin) {
  const row = await get("vaults", id);
  const longest = WAITS[WAITS.length - 1] * SECOND;
  // A clock that was set back must not lock anybody out for longer than the rule says.
  const left = Math.min(row.wait - Date.now(), longest);
  if (left > 0) throw new WrongPin(Math.ceil(left / SECOND));
  try {
    const key = await unwrap(row, pin, false);
    if (row.fails) await mark(id, { fails: 0, wait: 0 });
    return new Vault(id, key);
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "OperationError") throw error;
    const seconds = WAITS[Math.min(row.fails, WAITS.length - 1)];
    await mark(id, { fails: row.fails + 1, wait: Date.now() + seconds * SECOND });
    throw new WrongPin(seconds);
  }
}

/** @param {string} id @param {string} old @param {string} pin */
export async function changePin(id, old, pin) {
  await unlock(id, old);
  const row = await get("vaults", id);
  const key = await unwrap(row, old, true);
  await mark(id, await wrap(key, pin, row));
}

/** Change what stands in clear about a vault. @param {string} id @param {object} values */
export async function mark(id, values) {
  await change(["vaults"], async (at) => {
    const row = await answer(at.vaults.get(id));
    if (row) at.vaults.put({ ...row, ...values });
  });
}

/** @returns {Promise<any[]>} the vaults of this phone, in clear parts only */
export async function vaults() {
  return (await all("vaults")).sort((one, other) => one.number - other.number);
}

/**
 * Erase everything of one person. Callers made sure that nothing waits to be sent.
 * @param {string} id
 */
export async function erase(id) {
  await change(["vaults", "records", "photos", "kept"], async (at) => {
    at.vaults.delete(id);
    for (const name of ["records", "photos", "kept"]) await clear(at[name], id);
  });
}

