/**
 * The service worker: keeps the whole built page, so that it opens without a network. Each build has a cache of its own,
 * filled before that build is used at all; the build in use stays until the user asks for the next, or the last tab is closed.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

const { version, files } = __PRECACHE__;
/** Caches are the origin's, which may hold other pages, and this page in another folder. */
const ours = `alphascope ${worker.registration.scope} `;
const own = `${ours}${version}`;

/** Stands in the cache of a build that has been in use. */
const mark = inScope("used");

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", ({ data }) => {
  if (data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(event.request, path));
});

/** All or nothing: a file that is not the one of this build (a deployment under way) fails its check, and the next visit tries again. */
async function fill(): Promise<void> {
  const cache = await caches.open(own);
  const wanted = files.map(([path, integrity]) => new Request(inScope(path), { cache: "no-cache", integrity }));
  try {
    await cache.addAll(wanted);
  } catch (error) {
    await caches.delete(own);
    throw error;
  }
}

/** The build that was in use is kept as well: a tab that still runs it may yet need another worker of it. */
async function takeOver(): Promise<void> {
  const before = await usedBefore();
  const others = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== own && name !== before);
  await Promise.all(others.map((name) => caches.delete(name)));
  await (await caches.open(own)).put(mark, new Response());
  await worker.clients.claim();
}

/** The cache of the build in use before this one: a build that has only waited has no mark. Caches are listed as they were made. */
async function usedBefore(): Promise<string | undefined> {
  const others = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== own);
  const used = await Promise.all(others.map((name) => caches.match(mark, { cacheName: name })));
  return others.findLast((_, i) => used[i]);
}

/** Where in this page's folder a request leads, its query aside; null where that is no business of ours. */
function pathOf({ method, url }: Request): string | null {
  const place = url.replace(/[?#].*$/, "");
  if (method !== "GET" || !place.startsWith(worker.registration.scope)) return null;
  const path = place.slice(worker.registration.scope.length);
  return path === "index.html" ? "" : path;
}

/** From this build, else from the one before, else from the network. */
async function answer(request: Request, path: string): Promise<Response> {
  const keptAs = async (name: string) => caches.match(inScope(path), { cacheName: name });
  const kept = await keptAs(own);
  if (kept) return kept;
  const before = await usedBefore();
  return (before === undefined ? undefined : await keptAs(before)) ?? fetch(request);
}

function inScope(path: string): string {
  return new URL(path, worker.registration.scope).href;
}
