// Each verdict has a sound and a buzz. They begin after the first press or tap, and the till can be muted.
// A tone is [hertz, starts at, lasts], in seconds.
const TONES = {
  go: [[660, 0, 0.12], [880, 0.12, 0.18]],
  check: [[587, 0, 0.12], [587, 0.2, 0.12]],
  stop: [[165, 0, 0.45]],
  none: [[440, 0, 0.03]],
};
const BUZZ = { go: [40], check: [40, 60, 40], stop: [300] };
let audio = null;
let heard = null;

let on = true;

const keep = (value) => { try { localStorage.setItem("sound", value); } catch { /* kept until the page closes */ } };
const kept = () => { try { return localStorage.getItem("sound") !== "off"; } catch { return true; } };

const tone = ([hertz, start, length]) => {
  const wave = audio.createOscillator();
  const volume = audio.createGain();
  const from = audio.currentTime + start;
  wave.frequency.value = hertz;
  volume.gain.setValueAtTime(0.25, from);
  volume.gain.exponentialRampToValueAtTime(0.001, from + length);
  wave.connect(volume).connect(audio.destination);
  wave.start(from);
  wave.stop(from + length);
};

const play = (again) => {
  const verdict = document.querySelector("[data-v]");
  if (!verdict || (verdict === heard && !again)) return;
  heard = verdict;
  if (!on || !audio || document.body.hasAttribute("data-practice")) return;
  (TONES[verdict.dataset.v] || []).forEach(tone);
  navigator.vibrate?.(BUZZ[verdict.dataset.v] || 0);
};

const wake = () => { audio ??= new AudioContext(); };

const paint = () => document.querySelectorAll("[data-sound]").forEach((button) => {
  button.setAttribute("aria-pressed", String(on));
});

document.addEventListener("keydown", wake, { once: true });
document.addEventListener("pointerdown", wake, { once: true });
document.addEventListener("htmx:after:swap", () => play(false));
document.addEventListener("bench:unanswered", () => play(true));
document.addEventListener("DOMContentLoaded", () => { heard = document.querySelector("[data-v]"); on = kept(); paint(); });
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-sound]")) return;
  on = !on;
  keep(on ? "on" : "off");
  paint();
});
