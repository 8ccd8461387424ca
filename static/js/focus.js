// Where the eye and the screen reader go after a part of the page was exchanged, and what waits meanwhile.
// Scans may follow one another before the first is answered, so their button never rests.
const button = (ctx) => (ctx.sourceElement.matches("[data-retry]") ? null : ctx.request.submitter);

const strip = (root) => root.querySelectorAll("[data-focus]").forEach((part) => part.removeAttribute("data-focus"));

const lead = () => {
  const part = document.querySelector("[data-focus]");
  if (!part) return;
  strip(document);
  part.focus();
};

// On a whole page only a list of problems takes the focus; headings wait for an exchange.
document.addEventListener("DOMContentLoaded", () => {
  const problems = document.querySelector(".problems[data-focus]");
  strip(document);
  if (problems) problems.focus();
});

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  // What stood in line may find its place exchanged by the answer before; and an answer may name another place.
  if (ctx.target?.id && !ctx.target.isConnected) ctx.target = document.getElementById(ctx.target.id);
  ctx.busy = ctx.target;
  ctx.busy?.setAttribute("aria-busy", "true");
  button(ctx)?.setAttribute("aria-disabled", "true");
});

document.addEventListener("htmx:after:swap", lead);

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  ctx.busy?.removeAttribute("aria-busy");
  button(ctx)?.removeAttribute("aria-disabled");
});

// A button that is at work keeps its place and its name, but does not start the work twice.
document.addEventListener("click", (event) => {
  if (event.target.closest("button[aria-disabled=true]")) event.preventDefault();
}, true);
