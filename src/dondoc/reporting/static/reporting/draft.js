// Alt with an arrow moves the paragraph that has the focus; the outline is folded on narrow screens.

const WAYS = { ArrowUp: "up", ArrowDown: "down" };

document.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  if (!way || !event.altKey || event.isComposing || event.target.closest?.("input, textarea, select")) return;
  const button = document.activeElement?.closest(".pa")?.querySelector(`[data-move=${way}]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

document.querySelector(".pop")?.scrollIntoView({ block: "nearest" });

const outline = document.querySelector(".draft .ol details");
if (outline && matchMedia("(max-width: 1023px)").matches) outline.open = false;
