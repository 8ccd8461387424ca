// A chip that takes the focus, or is the chosen one, comes into view along its row.
const show = (chip) => chip?.scrollIntoView({ block: "nearest", inline: "nearest" });

const reveal = () => {
  document.querySelectorAll("[data-chips]").forEach((row) => {
    const chosen = row.querySelector("[aria-current]");
    if (chosen) row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
  });
};

document.addEventListener("focusin", (event) => show(event.target.closest("[data-chips] a")));
document.addEventListener("DOMContentLoaded", reveal);
document.addEventListener("htmx:after:swap", reveal);
