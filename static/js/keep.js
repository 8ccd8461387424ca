// Codes kept on this phone: where the member asked for it the worker is started and told what to keep;
// everywhere else whatever an earlier sign-in has left behind goes.
const has = (mark) => document.body.hasAttribute(`data-${mark}`);
const show = (name) => document.querySelector(`[data-keep-${name}]`)?.removeAttribute("hidden");

const start = async () => {
  if (has("kept")) return;
  navigator.serviceWorker.addEventListener("message", (event) => show(event.data));
  await navigator.serviceWorker.register("/service-worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const named = [...document.querySelectorAll("[data-keep-page]")].map((part) => part.dataset.keepPage);
  if (document.querySelector("[data-keep-panel]")) active.postMessage(["/wallet", ...named]);
};

const stop = async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
};

// On a copy nobody can ask the server whether a code still works; that it has expired the clock can tell.
const age = () => document.querySelectorAll("[data-until]").forEach((part) => {
  if (Date.now() < Number(part.dataset.until) * 1000) return;
  if (part.matches("li")) part.remove();
  else location.reload();
});

// As soon as the server answers again, the page itself is asked for anew.
const look = async () => {
  if (!has("kept")) return;
  age();
  if (navigator.onLine && (await fetch("/healthz")).ok) location.reload();
};
const again = () => look().catch(() => {});

const begin = () => {
  if (!("serviceWorker" in navigator)) return;
  show("panel");
  if (has("kept")) age();
  setInterval(again, 10000);
  (has("keep") ? start() : stop()).catch(() => show("failed"));
};

document.addEventListener("DOMContentLoaded", begin);
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/sign-out" && "serviceWorker" in navigator) stop().catch(() => {});
});
addEventListener("online", again);
