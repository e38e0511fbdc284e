// @ts-check
/**
 * How the database of the phone is laid out.
 *
 * A newer layout only adds: an upgrade of the app never drops a store, because the
 * queue of an older app lies in it.
 */

export const NAME = "smartkampung-field";
export const LAYOUT = 1;

/**
 * What stands in clear: random names, states, moments, sizes. Everything else is
 * in a `box`, encrypted under the key of one vault.
 * @type {Record<string, {keyPath: string | string[], byVault: boolean}>}
 */
export const STORES = {
  vaults: { keyPath: "id", byVault: false },
  records: { keyPath: "id", byVault: true },
  photos: { keyPath: "id", byVault: true },
  kept: { keyPath: ["vault", "name"], byVault: true },
  ballast: { keyPath: "id", byVault: false },
};

/** @param {IDBDatabase} database */
export function lay(database) {
  for (const [name, { keyPath, byVault }] of Object.entries(STORES)) {
    if (database.objectStoreNames.contains(name)) continue;
    const store = database.createObjectStore(name, { keyPath });
    if (byVault) store.createIndex("vault", "vault");
  }
}
