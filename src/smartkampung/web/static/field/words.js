// @ts-check
/** What the app says, in the two languages, from one file that the server makes. */

/** @type {Record<string, Record<string, string>>} */
let words = {};
const ZONE = "Asia/Jakarta";

export async function loadWords() {
  words = await (await fetch("/field/words.json")).json();
}

/** @returns {"id" | "en"} */
export function language() {
  return document.documentElement.lang === "en" ? "en" : "id";
}

/** @param {"id" | "en"} chosen */
export function choose(chosen) {
  document.documentElement.lang = chosen;
  document.cookie = `django_language=${chosen};path=/;max-age=31536000;samesite=lax`;
}

/** The language of the cookie wins over the one in which the shell was kept. */
export function followCookie() {
  const match = /(?:^|; )django_language=(id|en)/.exec(document.cookie);
  document.documentElement.lang = match ? match[1] : "id";
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  const text = words[language()]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Choose the language of what the server wrote. @param {any} label @returns {string} */
export function pick(label) {
  if (label === null || label === undefined) return "";
  if (typeof label !== "object") return String(label);
  return label[language()] ?? label.id ?? label.en ?? "";
}

/** @param {string | number} at @param {boolean} [withDay] @returns {string} */
export function when(at, withDay = true) {
  /** @type {Intl.DateTimeFormatOptions} */
  const day = withDay ? { weekday: "short", day: "numeric", month: "short" } : {};
  const how = { ...day, hour: /** @type {const} */ ("2-digit"), minute: /** @type {const} */ ("2-digit"), timeZone: ZONE };
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "id-ID", how).format(new Date(at));
}

/** The day of this phone, as forms keep days: 2026-11-29. @returns {string} */
export const today = () => dayOf(Date.now());

/** @param {number} at @returns {string} */
const dayOf = (at) => new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(at));

/** The last day of a time limit: midnight ends the day before it. @param {string} due @returns {string} */
export const lastDay = (due) => dayOf(Date.parse(due) - 1);

/** A time limit as people say it: "today", a day, or the hour. @param {string} due @returns {string} */
export function deadline(due) {
  // The server ends a day at its last moment or at midnight.
  const ends = dayOf(Date.parse(due) - 1) !== dayOf(Date.parse(due) + 1000);
  const hour = ends ? "" : when(due, false);
  if (lastDay(due) === today()) return [say("today"), hour].filter(Boolean).join(", ");
  return ends ? shortDay(lastDay(due)) : when(due);
}

/** A day as people read it. @param {string} day @returns {string} */
export function shortDay(day) {
  const how = { day: /** @type {const} */ ("numeric"), month: /** @type {const} */ ("short"), year: /** @type {const} */ ("numeric"), timeZone: "UTC" };
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "id-ID", how).format(new Date(day));
}
