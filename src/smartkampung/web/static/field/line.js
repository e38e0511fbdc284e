// @ts-check
/** One question to the server, with a time limit, and what its silence means. */

const BASE = "/api/v1/field/";
const PATIENCE = 60_000;

/** No answer, or none that means anything: ask again later. Nothing is lost. */
export class NoLine extends Error {}

/**
 * @typedef {object} Said
 * @property {number} status
 * @property {any} data
 * @property {string} etag
 */

/**
 * @param {string} method
 * @param {string} path
 * @param {{ token: string, json?: any, body?: Blob, headers?: Record<string, string>, patience?: number }} how
 * @returns {Promise<Said>}
 */
export async function ask(method, path, { token, json, body, headers = {}, patience = PATIENCE }) {
  const limit = new AbortController();
  const bell = setTimeout(() => limit.abort(), patience);
  try {
    const answer = await fetch(BASE + path, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(json === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? body : JSON.stringify(json),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: limit.signal,
    });
    const { status } = answer;
    // A bug of ours may lie in one form only: the others are sent without it.
    if (status === 500) return { status, data: null, etag: "" };
    if (status > 500 || status === 408 || status === 429) throw new NoLine(String(status));
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get("content-type") ?? "");
    // A page of a hotel's network that answers for everybody is no answer of ours.
    if (text && !isJson) throw new NoLine("not json");
    return { status, data: text ? JSON.parse(text) : null, etag: answer.headers.get("etag") ?? "" };
  } catch (error) {
    throw error instanceof NoLine ? error : new NoLine(String(error));
  } finally {
    clearTimeout(bell);
  }
}
