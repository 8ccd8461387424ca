// Times are spoken in the store's zone. Where this device keeps another, its own time follows in brackets.
// <time data-here datetime="2026-11-13T23:59:00+02:00">; the words and the 12 or 24 hours stand on <body>.
const away = (stamp) => {
  const [, sign, hours, minutes] = stamp.match(/([+-])(\d\d):?(\d\d)$/) || ["", "+", "00", "00"];
  const there = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return there !== -new Date(stamp).getTimezoneOffset();
};

const clock = (stamp) => {
  const twelve = document.body.dataset.clock === "12";
  const shape = { hour: twelve ? "numeric" : "2-digit", minute: "2-digit", hour12: twelve };
  const spoken = new Date(stamp).toLocaleTimeString(document.documentElement.lang, shape);
  return twelve ? spoken.replace(/\s/g, "").toLowerCase() : spoken;
};

const speak = () => {
  const words = document.body.dataset.hereWords;
  if (!words) return;
  document.querySelectorAll("time[data-here]").forEach((time) => {
    time.removeAttribute("data-here");
    const stamp = time.getAttribute("datetime");
    if (stamp && away(stamp)) time.append(` ${words.replace("{time}", clock(stamp))}`);
  });
};

document.addEventListener("DOMContentLoaded", speak);
document.addEventListener("htmx:after:swap", speak);
