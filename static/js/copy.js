// Copies what data-copy holds, and says so; where copying is not allowed, selects the code to be copied by hand.
const say = (words) => {
  const line = document.getElementById("say");
  if (line && words) line.textContent = words;
};

const select = (selector) => {
  const code = selector && document.querySelector(selector);
  if (code) getSelection().selectAllChildren(code);
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    select(button.dataset.select);
    say(button.dataset.failed);
    return;
  }
  say(button.dataset.said);
  const label = button.querySelector("[data-label]");
  if (!label || button.dataset.was) return;
  button.dataset.was = label.textContent;
  label.textContent = button.dataset.said;
  setTimeout(() => {
    label.textContent = button.dataset.was;
    delete button.dataset.was;
  }, 2500);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
