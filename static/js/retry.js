// No answer yet: the counter says so and asks again by itself, with the same code under the same key.
// Words stand in <template id="no-answer">; the form is marked data-retry.
const PAUSES = [1000, 2000, 4000, 10000];
let waiting = null;
let timer = 0;

const online = (yes) => document.querySelectorAll("[data-online]").forEach((line) => {
  line.classList.toggle("down", !yes);
  line.textContent = yes ? line.dataset.online : line.dataset.offline;
});

const place = () => document.querySelector(waiting.selector);

const panel = () => {
  const words = document.getElementById("no-answer");
  if (!words || !place()) return;
  if (!place().querySelector("[data-tries]")) {
    place().replaceWith(words.content.cloneNode(true));
    htmx.process(place());
    document.getElementById("alarm").innerHTML = '<p class="vh"></p>';
    document.querySelector("#alarm p").textContent = words.dataset.say;
  }
  place().querySelector("[data-tries]").textContent = waiting.tries;
  const last = place().querySelector("[data-tried-at]");
  if (last) last.textContent = new Date().toLocaleTimeString(document.documentElement.lang);
  document.dispatchEvent(new CustomEvent("bench:unanswered"));
};

const ask = () => {
  clearTimeout(timer);
  if (!waiting || !place()) return;
  const { action, values, selector, swap } = waiting;
  htmx.ajax("POST", action, { source: "#queue", target: selector, swap, values, again: true });
};

const failed = (ctx) => {
  if (!ctx || !ours(ctx)) return;
  if (!ctx.again) {
    const values = Object.fromEntries(ctx.request.body);
    waiting = { action: ctx.request.action, values, selector: `#${ctx.target.id}`, swap: ctx.swap, tries: 0 };
  }
  if (!waiting) return;
  waiting.tries += 1;
  online(false);
  panel();
  timer = setTimeout(ask, PAUSES[Math.min(waiting.tries, PAUSES.length) - 1]);
};

const ours = (ctx) => ctx.again || ctx.sourceElement.matches("[data-retry]");
const drop = () => { clearTimeout(timer); waiting = null; };

document.addEventListener("htmx:error", (event) => failed(event.detail.ctx));
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => { if (ctx.response.status >= 500) failed(ctx); });
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => { if (ours(ctx) && !ctx.again) drop(); });
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (ctx.response?.status >= 500) return;
  online(true);
  if (ours(ctx)) drop();
});
document.addEventListener("click", (event) => { if (event.target.closest("[data-try-now]")) ask(); });
