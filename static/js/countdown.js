// Counts the seconds left to undo. The server keeps the real time: a late press is refused, never harmful.
const tick = () => {
  document.querySelectorAll("[data-countdown]").forEach((line) => {
    const left = Number(line.dataset.countdown) - 1;
    line.dataset.countdown = left;
    if (left > 0) line.textContent = line.dataset.words.replace("{seconds}", left);
    else line.closest("[data-undo]")?.remove();
  });
};

setInterval(tick, 1000);
