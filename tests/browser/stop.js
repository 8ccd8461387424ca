// Where the focus is, and what is wrong with it: unseen, covered, without a ring, or with one that is cut.
() => {
  const part = document.activeElement;
  if (!part || part === document.body) return null;
  const words = (part.textContent.trim() || part.getAttribute("aria-label") || part.name || part.id).replace(/\s+/g, " ").slice(0, 40);
  // A field of several parts is entered once.
  if (part === window.stopBefore) return { name: part.tagName, faults: [], first: false };
  const name = `${part.tagName.toLowerCase()} “${words}”`;
  const faults = [];
  const box = [...part.getClientRects()].find(({ width, height }) => width > 1 && height > 1);
  const style = getComputedStyle(part);
  const ring = parseFloat(style.outlineWidth) + Math.max(0, parseFloat(style.outlineOffset));
  if (!box) return { name, faults: ["takes no room"], first: part.matches(".skip") };
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("has no ring");
  const { clientWidth, clientHeight } = document.documentElement;
  const inside = box.top >= -1 && box.bottom <= clientHeight + 1 && box.left >= -1 && box.right <= clientWidth + 1;
  if (!inside && box.height < clientHeight / 2) faults.push("is out of the window");
  const seen = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + box.height / 2, clientHeight - 2));
  const own = seen && (part.contains(seen) || seen.contains(part) || seen.closest("label")?.control === part);
  if (inside && !own) faults.push(`lies under ${seen?.tagName}.${seen?.className}`);
  const tabs = document.querySelector(".tabs");
  if (tabs && getComputedStyle(tabs).position === "fixed" && !tabs.contains(part)) {
    if (box.bottom + ring > tabs.getBoundingClientRect().top + 1 && box.height < clientHeight / 2) faults.push("has its ring under the tab bar");
  }
  for (let at = part.parentElement; at && at !== document.body; at = at.parentElement) {
    const frame = at.getBoundingClientRect();
    const { overflowX, overflowY } = getComputedStyle(at);
    const beside = box.left - ring < frame.left - 1 || box.right + ring > frame.right + 1;
    const beyond = box.top - ring < frame.top - 1 || box.bottom + ring > frame.bottom + 1;
    if ((overflowX !== "visible" && beside) || (overflowY !== "visible" && beyond)) faults.push(`has its ring cut by ${at.className}`);
  }
  const before = window.stopBefore;
  if (before?.isConnected && !(before.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push("comes before the stop before it");
  window.stopBefore = part;
  return { name, faults, first: part.matches(".skip") };
}
