// The counter's keys. Focus lives in the code box; Enter, Escape and Ctrl+Z answer the verdict.
const WAIT = 600; // scanners that send CR and LF would otherwise answer the question by themselves
const box = () => document.querySelector("[data-code-box]");
const verdict = () => document.querySelector("[data-v]");
// A verdict that is about to be exchanged answers no key: it belongs to the scan before.
const press = (name) => document.querySelector(`[data-v]:not([aria-busy=true]) [data-${name}]`)?.click();
let seen = null;
let since = 0;

const notice = () => {
  if (verdict() === seen) return;
  seen = verdict();
  since = performance.now();
};

const home = () => {
  if (!document.querySelector("dialog[open]")) box()?.focus({ preventScroll: true });
};

const enter = (event) => {
  if (box().value.trim() || event.target.closest("button, a, summary")) return;
  event.preventDefault();
  if (performance.now() - since >= WAIT) press("yes");
};

const escape = () => {
  if (box().value) box().value = "";
  else press("no");
  home();
};

document.addEventListener("keydown", (event) => {
  const elsewhere = event.target !== box() && event.target.closest("input, select, textarea, dialog");
  if (!box() || elsewhere) return;
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z" && !box().value) {
    event.preventDefault();
    press("undo");
  } else if (event.ctrlKey || event.metaKey || event.altKey) return;
  else if (key === "Enter") enter(event);
  else if (key === "Escape") escape();
  else if (key.length === 1 && !(key === " " && event.target.closest("button, a, summary"))) box().focus();
});

// The box is emptied as soon as its letters stand in line, under a key of their own, so the next scan may start.
document.addEventListener("htmx:config:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (!form.matches("form") || !form.contains(box())) return;
  box().value = "";
  form.querySelector(".error")?.setAttribute("hidden", "");
  const once = form.querySelector("[name=key]");
  if (once) once.value = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
});

document.addEventListener("DOMContentLoaded", notice);
["htmx:after:swap", "bench:unanswered"].forEach((moment) => {
  document.addEventListener(moment, () => { notice(); home(); });
});
