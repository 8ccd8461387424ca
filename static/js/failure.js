// The server failed or the network is gone: the page stays as it was, says so, and offers the same try again.
// The words stand in <template id="failure">; forms marked data-retry look after themselves.
const shows = (ctx) => ctx && !ctx.again && !ctx.sourceElement.closest("[data-retry], [data-quiet]");

const tell = (ctx) => {
  const words = document.getElementById("failure");
  const alarm = document.getElementById("alarm");
  if (!words || !alarm || !shows(ctx)) return;
  alarm.replaceChildren(words.content.cloneNode(true));
  alarm.querySelector("[data-again]")?.addEventListener("click", () => {
    alarm.replaceChildren();
    const source = ctx.sourceElement;
    if (source.matches("form")) source.requestSubmit(ctx.request.submitter || undefined);
    else source.click();
  });
};

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) tell(event.detail.ctx);
});

document.addEventListener("htmx:error", (event) => tell(event.detail.ctx));

// An answer that came clears the alarm; a failure counts as a swap too, but of nothing.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const alarm = document.getElementById("alarm");
  if (shows(ctx) && ctx.response?.status < 500 && alarm?.querySelector("[data-again]")) alarm.replaceChildren();
});
