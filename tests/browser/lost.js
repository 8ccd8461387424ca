// What a reader would lose on this page: text that is cut, text that lies on other text, room to the side.
() => {
  const NEAR = 1.5;
  const words = (node) => node.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  const name = (part) => `${part.tagName.toLowerCase()}.${[...part.classList].join(".")}`;
  const hidden = (part) => {
    if (!part.checkVisibility({ contentVisibilityAuto: true })) return true;
    const style = getComputedStyle(part);
    return style.visibility === "hidden" || style.clipPath === "inset(50%)" || style.opacity === "0";
  };
  const parents = (node) => {
    const found = [];
    for (let part = node.parentElement; part; part = part.parentElement) found.push(part);
    return found;
  };
  // What can be scrolled to is not lost; where it will be then is not known from here.
  const scrolled = (above, box) => above.some((part) => {
    if (!/auto|scroll/.test(getComputedStyle(part).overflow)) return false;
    const frame = part.getBoundingClientRect();
    return box.top < frame.top - 1 || box.bottom > frame.bottom + 1 || box.left < frame.left - 1 || box.right > frame.right + 1;
  });
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent.trim()) continue;
    const above = parents(node);
    if (above.some((part) => hidden(part) || part.matches(".skip, script, template"))) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const floats = above.some((part) => ["fixed", "sticky"].includes(getComputedStyle(part).position));
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1 && !scrolled(above, box)) lines.push({ node, above, box, floats });
    }
  }
  const cut = ({ node, above, box }) => {
    for (const part of above) {
      const { overflowX, overflowY } = getComputedStyle(part);
      const frame = part.getBoundingClientRect();
      const beside = box.left < frame.left - NEAR || box.right > frame.right + NEAR;
      const beyond = box.top < frame.top - box.height / 4 || box.bottom > frame.bottom + box.height / 4;
      if (beside && ["hidden", "clip"].includes(overflowX)) return [`“${words(node)}” is cut beside by ${name(part)}`];
      if (beyond && ["hidden", "clip"].includes(overflowY)) return [`“${words(node)}” is cut below by ${name(part)}`];
    }
    const right = document.documentElement.clientWidth;
    return box.right > right + NEAR || box.left < -NEAR ? [`“${words(node)}” leaves the page`] : [];
  };
  const over = (one, index) => lines.slice(index + 1).flatMap((other) => {
    if (one.node === other.node || one.floats || other.floats) return [];
    const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    const thick = Math.min(one.box.height, other.box.height);
    return wide > 3 && high > thick * 0.55 ? [`“${words(one.node)}” lies on “${words(other.node)}”`] : [];
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
  return [...new Set([...wide, ...lines.flatMap(cut), ...lines.flatMap(over)])];
}
