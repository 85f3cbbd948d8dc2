/**
 * The service worker: caches all files of the built page, so that the page opens without a network. Each build has its own
 * cache, which is filled before the build is used. A build stays in use until the user accepts the next one, or the last tab
 * is closed.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

const { version, files } = __PRECACHE__;
/** Prefix of this page's caches: an origin's caches may belong to other pages, or to this page in another folder. */
const prefix = `alphascope ${worker.registration.scope} `;
const ownCache = `${prefix}${version}`;

/** An entry in the cache of each build that has been in use. */
const usedMark = inScope("used");

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", ({ data }) => {
  if (data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(event.request, path));
});

/** Caches all files or none. During a deployment a file may belong to another build: its integrity check fails, and the next visit tries again. */
async function fill(): Promise<void> {
  const cache = await caches.open(ownCache);
  const requests = files.map(([path, integrity]) => new Request(inScope(path), { cache: "no-cache", integrity }));
  try {
    await cache.addAll(requests);
  } catch (error) {
    await caches.delete(ownCache);
    throw error;
  }
}

/** Keeps the cache of the previous build, too: a tab that still runs the previous build may start another worker of that build. */
async function takeOver(): Promise<void> {
  const previous = await previousCache();
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(prefix) && name !== ownCache && name !== previous,
  );
  await Promise.all(others.map((name) => caches.delete(name)));
  await (await caches.open(ownCache)).put(usedMark, new Response());
  await worker.clients.claim();
}

/** The cache of the previous build that was in use; a build that was never in use has no mark. `caches.keys` has the order of creation. */
async function previousCache(): Promise<string | undefined> {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== ownCache);
  const used = await Promise.all(others.map((name) => caches.match(usedMark, { cacheName: name })));
  return others.findLast((_, i) => used[i]);
}

/** The path of a request inside this page's folder, without its query; null for other requests. */
function pathOf({ method, url }: Request): string | null {
  const address = url.replace(/[?#].*$/, "");
  if (method !== "GET" || !address.startsWith(worker.registration.scope)) return null;
  const path = address.slice(worker.registration.scope.length);
  return path === "index.html" ? "" : path;
}

/** The response from the cache of this build, else of the previous build, else from the network. */
async function answer(request: Request, path: string): Promise<Response> {
  const cachedIn = async (name: string) => caches.match(inScope(path), { cacheName: name });
  const cached = await cachedIn(ownCache);
  if (cached) return cached;
  const previous = await previousCache();
  return (previous === undefined ? undefined : await cachedIn(previous)) ?? fetch(request);
}

function inScope(path: string): string {
  return new URL(path, worker.registration.scope).href;
}
