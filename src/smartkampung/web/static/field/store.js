// @ts-check
/** The database of the phone: reads and whole transactions as promises. */

import { LAYOUT, NAME, lay } from "./layout.js";

/** @type {Promise<IDBDatabase> | null} */
let connection = null;

/** Called when another tab runs a newer app, whose database this one cannot read. */
export const newer = { tell: () => {} };

/** @returns {Promise<IDBDatabase>} */
function open() {
  connection ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, LAYOUT);
    asked.onupgradeneeded = () => lay(asked.result);
    asked.onsuccess = () => {
      const database = asked.result;
      const let_go = () => {
        database.close();
        connection = null;
      };
      database.onversionchange = () => {
        let_go();
        newer.tell();
      };
      database.onclose = () => (connection = null);
      resolve(database);
    };
    asked.onerror = () => {
      connection = null;
      if (asked.error?.name === "VersionError") newer.tell();
      reject(asked.error);
    };
  });
  return connection;
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Do some work in one transaction; resolves once it is on the disk for good.
 *
 * Not "relaxed", which may lose the last writes with a dead battery. `work` may await nothing but requests of this transaction (`answer`).
 * @template T
 * @param {string[]} stores
 * @param {(at: Record<string, IDBObjectStore>) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function change(stores, work) {
  const database = await open();
  const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
  done.catch(() => {});
  const at = Object.fromEntries(stores.map((name) => [name, transaction.objectStore(name)]));
  let result;
  try {
    result = await work(at);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It ended by itself, which is why the work failed.
    }
    throw error;
  }
  await done;
  return result;
}

/**
 * @param {string} store
 * @param {IDBValidKey} key
 * @returns {Promise<any>}
 */
export async function get(store, key) {
  const database = await open();
  return answer(database.transaction(store).objectStore(store).get(key));
}

/**
 * Every row of a store, or of one vault in it.
 * @param {string} store
 * @param {string} [vault]
 * @returns {Promise<any[]>}
 */
export async function all(store, vault) {
  const database = await open();
  const source = database.transaction(store).objectStore(store);
  return answer(vault === undefined ? source.getAll() : source.index("vault").getAll(vault));
}

/**
 * Delete every row of a vault in a store, within a transaction.
 * @param {IDBObjectStore} store
 * @param {string} vault
 */
export async function clear(store, vault) {
  for (const key of await answer(store.index("vault").getAllKeys(vault))) store.delete(key);
}
