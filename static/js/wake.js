// A page marked data-wake keeps the screen on while it is in view, where the browser allows it.
// The lock goes by itself when the page is left or hidden; coming back asks for it again.
const hold = async () => {
  if (!document.querySelector("[data-wake]") || document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch { /* a low battery may say no; the code shows all the same */ }
};

document.addEventListener("DOMContentLoaded", hold);
document.addEventListener("visibilitychange", hold);
