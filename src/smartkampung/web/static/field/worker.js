// @ts-check
/// <reference lib="webworker" />
/**
 * Keeps the app on the phone. The server puts VERSION and FILES in front of this text;
 * another version is another cache, filled whole or not at all, and used from the next
 * start (or when the reader asks). Nothing personal is ever kept here.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { VERSION, FILES } = /** @type {{VERSION: string, FILES: string[]}} */ (/** @type {any} */ (self).FIELD);
const SHELL = "/field/";
const CACHE = `field-${VERSION}`;

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(tidy()));
worker.addEventListener("message", (event) => {
  if (event.data === "now") worker.skipWaiting();
});

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    FILES.map(async (url) => {
      const answer = await fetch(url, { cache: "reload", credentials: "omit" });
      if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
      await cache.put(url, answer);
    }),
  );
}

async function tidy() {
  for (const name of await caches.keys())
    if (name.startsWith("field-") && name !== CACHE) await caches.delete(name);
  await worker.clients.claim();
}

worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== worker.location.origin) return;
  if (pathname === SHELL || FILES.includes(pathname)) event.respondWith(fromPhone(pathname));
});

/** @param {string} pathname */
async function fromPhone(pathname) {
  const cache = await caches.open(CACHE);
  return (await cache.match(pathname)) ?? fetch(pathname);
}
