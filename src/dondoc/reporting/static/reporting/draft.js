// Alt with an arrow moves the paragraph that has the focus, Ctrl+S writes the one that is being mended; the outline is folded on
// narrow screens; what is typed and not yet written is not left behind unasked.

const WAYS = { ArrowUp: "up", ArrowDown: "down" };

document.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  if (!way || !event.altKey || event.isComposing || event.target.closest?.("input, textarea, select")) return;
  const button = document.activeElement?.closest(".pa")?.querySelector(`[data-move=${way}]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  const form = changed()[0];
  if (form) form.requestSubmit();
  else window.house?.toast("Đã lưu. Mỗi thay đổi được ghi ngay khi bấm Ghi.");
});

let leaving = false;
document.addEventListener("submit", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));
addEventListener("beforeunload", (event) => {
  if (!leaving && changed().length) event.preventDefault();
});

function changed() {
  const forms = [...document.querySelectorAll("[data-mend]")];
  return forms.filter((form) => "unwritten" in form.dataset || form.elements.text.value !== form.elements.text.defaultValue);
}

// Where an address leads to a paragraph, the keys work on it at once; where two edits met, in the one that is not yet written.
addEventListener("load", () => {
  const place = location.hash.startsWith("#doan-") && document.querySelector(location.hash);
  const typed = document.querySelector(".mend[open] textarea");
  if (typed) typed.focus();
  else if (place) place.focus({ preventScroll: true });
});
document.querySelector(".pop")?.scrollIntoView({ block: "nearest" });

const outline = document.querySelector(".draft .ol details");
if (outline && matchMedia("(max-width: 1023px)").matches) outline.open = false;
