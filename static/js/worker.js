// The service worker of those who keep their codes on this phone: what it takes in, and what it has a say in.
// The server puts two names before it: SHELL, the files that pages are drawn with, and FILES, the cache they lie in.
const THEIRS = /^\/(counter|staff|manage|api)(\/|$)/;
const CLAIM = /^(\/wallet\/[A-Z]{8})\/(state|release)$/;
const shell = async () => (await caches.open(FILES)).addAll(SHELL);

// The wallet names what works now: that is kept, and what it does not name goes.
const keep = async (paths) => {
  off = false;
  if (!(await caches.has(FILES))) await shell();
  const worn = (await caches.keys()).filter((name) => name !== PAGES && name !== FILES);
  const wanted = paths.flatMap((path) => [path, ...screenOf(path)]);
  for (const path of wanted) {
    const copy = await take(path);
    if (!copy || worn.length || Date.now() - moment(copy, "Copy-Made") > DAY) await renew(path);
  }
  const held = ((await (await pages())?.keys()) || []).map((one) => new URL(one.url).pathname);
  await Promise.all([...held.filter((path) => !wanted.includes(path)).map(drop), ...worn.map((name) => caches.delete(name))]);
};

addEventListener("install", (event) => event.waitUntil(shell().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  event.waitUntil(keep(event.data).then(() => "done", () => "failed").then((end) => event.source.postMessage(end)));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  const [, claim] = pathname.match(CLAIM) || [];
  if (origin !== location.origin || THEIRS.test(pathname)) return;
  if (pathname.startsWith("/assets/")) event.respondWith(file(request));
  else if (pathname === "/sign-out" && request.method === "POST") event.waitUntil(wipe());
  else if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event, pathname + search));
  else if (claim && request.mode !== "navigate") event.respondWith(part(event, claim));
});
