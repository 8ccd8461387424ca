"""What a browser keeps of the pages that it showed: every store that a page can reach, titles, addresses."""

import json

from playwright.sync_api import Page

from tests.plumbing import canary

_KEPT = """async () => {
  const read = async (look) => { try { return await look(); } catch (closed) { return String(closed); } };
  const answered = (asked) => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const rows = async ({ name }) => {
    const base = await answered(indexedDB.open(name));
    const all = [...base.objectStoreNames].map((store) =>
      answered(base.transaction(store).objectStore(store).getAll()));
    return [name, await Promise.all(all)];
  };
  const shelf = async (name) => {
    const cache = await caches.open(name);
    const kept = async (asked) => [asked.url, await (await cache.match(asked)).text()];
    return [name, await Promise.all((await cache.keys()).map(kept))];
  };
  return {
    local: await read(() => ({ ...localStorage })),
    session: await read(() => ({ ...sessionStorage })),
    databases: await read(async () => Promise.all((await indexedDB.databases()).map(rows))),
    caches: await read(async () => Promise.all((await caches.keys()).map(shelf))),
    cookies: await read(() => document.cookie),
    address: location.href,
    referrer: document.referrer,
    state: await read(() => JSON.stringify(history.state)),
    title: document.title,
    loaded: performance.getEntries().map((entry) => entry.name),
  };
}"""


def note(page: Page) -> None:
    """From now on keep every address and every title of this tab."""
    page.on("framenavigated", lambda frame: canary.keep("browser", frame.url))
    page.on("console", lambda said: canary.keep("browser", said.text))
    page.on("request", lambda asked: canary.keep("browser", f"{asked.url} {asked.headers.get('referer')}"))
    page.add_init_script(
        """new MutationObserver(() => console.debug(`title: ${document.title}`))
             .observe(document, { childList: true, subtree: true, characterData: true });"""
    )


def of(page: Page) -> str:
    """All that the browser keeps for this page's origin, as text; the canary remembers it too."""
    kept = json.dumps(page.evaluate(_KEPT), ensure_ascii=False)
    canary.keep("browser", kept)
    return kept
