// A toast stays eight seconds, longer while the pointer or the focus rests on it, and then goes.
const STAY = 8000;
const box = () => document.getElementById("toast");
let timer = 0;

const rests = () => box()?.matches(":hover, :focus-within");

const leave = () => {
  if (rests()) timer = setTimeout(leave, STAY);
  else box()?.replaceChildren();
};

const arrive = () => {
  clearTimeout(timer);
  if (box()?.firstElementChild) timer = setTimeout(leave, STAY);
};

document.addEventListener("DOMContentLoaded", arrive);
document.addEventListener("htmx:after:swap", arrive);
