// The reading page: item and passage show each other, the strip beside the paper, adding from a selection, phone panes.

import { announce, toast } from "../common/house.js";

const paper = document.getElementById("paper");
const items = document.getElementById("items");
const rule = document.getElementById("rule");
const split = document.querySelector(".split");
const pick = document.getElementById("pick");
const dialog = document.getElementById("add");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = window.matchMedia("(max-width: 1023px)");

document.documentElement.classList.add("js");

// Item and passage

const passages = (ident) => [...paper.querySelectorAll(`mark[data-k~="${ident}"]`)];
const cardOf = (ident) => document.getElementById(`muc-${ident}`);

function showPane(name) {
  if (split) split.dataset.pane = name;
}

function markPassage(ident, { scroll = true } = {}) {
  if (sheets()) return showBoxes(ident, { scroll });
  for (const old of paper.querySelectorAll("mark.sel")) old.classList.remove("sel");
  for (const old of rule?.querySelectorAll(".sel") ?? []) old.classList.remove("sel");
  const found = passages(ident);
  for (const each of found) each.classList.add("sel");
  rule?.querySelector(`[data-k="${ident}"]`)?.classList.add("sel");
  const main = paper.querySelector(`mark[data-m~="${ident}"]`) ?? found[0];
  if (scroll && main) main.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  return found.length > 0;
}

function chooseCard(card, { scroll = true } = {}) {
  for (const other of items.querySelectorAll("[data-row][aria-current=true], .it.sel")) {
    other.removeAttribute("aria-current");
    other.classList.remove("sel");
  }
  card.setAttribute("aria-current", "true");
  if (scroll) card.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

function showItem(ident) {
  const card = cardOf(ident);
  if (card) {
    showPane("items");
    chooseCard(card);
    card.focus({ preventScroll: true });
    return;
  }
  fetchItem(ident);
}

// A passage whose card is in another tab, or not fetched yet: the page is opened with it.
function fetchItem(ident) {
  const tick = rule?.querySelector(`[data-k="${ident}"]`);
  const key = tick?.dataset.uuid;
  if (key) window.htmx.ajax("GET", `${location.pathname}cac-muc/?muc=${key}`, { target: "#items" }).then(() => {
    const card = cardOf(ident);
    if (!card) return;
    showPane("items");
    chooseCard(card);
  });
}

paper?.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-k]");
  if (!mark || !window.getSelection().isCollapsed) return;
  const idents = mark.dataset.k.split(" ");
  const now = items.querySelector("[aria-current=true]")?.dataset.item;
  const next = idents[(idents.indexOf(now) + 1) % idents.length];
  markPassage(next, { scroll: false });
  showItem(next);
});

rule?.addEventListener("click", (event) => {
  const tick = event.target.closest("[data-k]");
  if (!tick) return;
  markPassage(tick.dataset.k);
  showItem(tick.dataset.k);
});

items?.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-show]");
  const card = event.target.closest("[data-item]");
  if (chip) {
    event.preventDefault();
    if (narrow.matches) showPane("paper");
    if (card) chooseCard(card, { scroll: false });
    if (!markPassage(chip.dataset.show)) toast("Đoạn của mục này không còn trong lần đọc mới.");
    if (event.detail === 0) return;
    paper.focus({ preventScroll: true });
    return;
  }
  if (!card || event.target.closest("button, a, input, textarea, select, summary, label")) return;
  chooseCard(card, { scroll: false });
  card.focus({ preventScroll: true });
  markPassage(card.dataset.item);
});

// J and K come from the keys of the house; the passage follows.
items?.addEventListener("house:row", (event) => {
  const card = event.target.closest("[data-item]");
  if (!card) return;
  chooseCard(card, { scroll: false });
  markPassage(card.dataset.item);
});

// After an act the card that comes next is chosen, so that Enter, Enter, Enter goes down the list.

let actedOn = null;

items?.addEventListener("htmx:beforeRequest", (event) => {
  const card = event.target.closest?.("[data-item]");
  actedOn = card && event.detail.requestConfig.verb === "post" ? card.dataset.item : null;
});

// The server puts anew only the cards that are here.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "post") return;
  event.detail.headers["X-Shown"] = [...items.querySelectorAll("[data-item]")].map((card) => card.dataset.item).join(",");
});

document.addEventListener("documents:said", (event) => {
  const { text, items: touched, marks } = event.detail;
  for (const [ident, look] of Object.entries(marks ?? {})) {
    for (const mark of passages(ident)) {
      if (mark.dataset.k.split(" ")[0] === ident) mark.className = mark.classList.contains("sel") ? `${look} sel` : look;
    }
  }
  sayWithUndo(text);
  announce(text);
  if (!actedOn || !touched.map(String).includes(actedOn)) return;
  const card = cardOf(actedOn);
  actedOn = null;
  const next = card && nextOpen(card);
  if (next) {
    chooseCard(next);
    next.focus({ preventScroll: true });
    markPassage(next.dataset.item);
  } else {
    card?.focus({ preventScroll: true });
  }
});

function nextOpen(card) {
  for (let row = card.nextElementSibling; row; row = row.nextElementSibling) {
    if (row.matches("[data-item]:not(.decided)")) return row;
  }
  return null;
}

function sayWithUndo(text) {
  const region = document.getElementById("toasts");
  region.querySelector(".toast[data-acted]")?.remove();
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.acted = "";
  const words = document.createElement("div");
  words.textContent = text;
  box.append(words);
  const undo = document.querySelector("[data-key=z]");
  if (undo && text !== "Đã hoàn tác") {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "undo";
    button.textContent = "Hoàn tác";
    button.addEventListener("click", () => (undo.click(), box.remove()));
    box.append(button);
  }
  region.append(box);
  setTimeout(() => box.remove(), 6000);
}

// A form in a card's place: the first field has the focus, Esc puts the card back.

let edited = null;

document.addEventListener("htmx:afterSettle", () => {
  const form = items?.querySelector(".it.editing");
  if (!form && edited && cardOf(edited)) {
    chooseCard(cardOf(edited));
    cardOf(edited).focus({ preventScroll: true });
  }
  edited = form?.dataset.item ?? null;
  if (form && !form.contains(document.activeElement)) {
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
    form.scrollIntoView({ block: "nearest" });
  }
});
items?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const form = event.target.closest(".it.editing");
  if (event.key === "Escape" && form) form.querySelector("[data-cancel]")?.click();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) form.querySelector("form")?.requestSubmit();
});

// Adding from a selection: offsets are counted in characters of the text, as the server counts them.

function offsetOf(node, at) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-s]");
  if (!block || !paper.contains(block)) return null;
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(node, at);
  return Number(block.dataset.s) + [...range.toString()].length;
}

function selected() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!paper.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  const quote = range.toString().trim();
  return quote && start !== null && end !== null && start < end ? { start, end, quote, box: range.getBoundingClientRect() } : null;
}

let held = null;

document.addEventListener("selectionchange", () => {
  if (!pick || dialog?.open) return;
  held = selected();
  pick.hidden = !held;
  if (!held) return;
  const top = Math.min(Math.max(held.box.bottom + 6, 60), window.innerHeight - 50);
  pick.style.top = `${top}px`;
  pick.style.left = `${Math.min(Math.max(held.box.left, 12), Math.max(12, window.innerWidth - pick.offsetWidth - 12))}px`;
  pick.querySelector("[data-discuss]").search = `?tu=${held.start}&den=${held.end}`;
});

function openAdd() {
  const chosen = selected() ?? held;
  if (!dialog) return;
  if (!chosen) {
    toast("Bôi đen đoạn cần thêm trong văn bản trước.");
    return;
  }
  dialog.querySelector("[name=quote]").value = chosen.quote;
  dialog.querySelector("[name=start]").value = chosen.start;
  dialog.querySelector("[name=end]").value = chosen.end;
  dialog.querySelector("[data-quote]").textContent = chosen.quote;
  pick.hidden = true;
  dialog.showModal();
  dialog.querySelector("[name=kind]").focus();
}

pick?.addEventListener("mousedown", (event) => event.preventDefault());
for (const opener of document.querySelectorAll("[data-add]")) opener.addEventListener("click", openAdd);
dialog?.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-dialog]")) dialog.close();
});

// The image of a page: boxes in place of passages; the page of an item is fetched when another one is on show.

const sheets = () => paper?.dataset.sheets;
let awaited = null;

function showBoxes(ident, { scroll }) {
  for (const old of rule?.querySelectorAll(".sel") ?? []) old.classList.remove("sel");
  rule?.querySelector(`[data-k="${ident}"]`)?.classList.add("sel");
  for (const old of paper.querySelectorAll("rect.sel")) old.classList.remove("sel");
  const found = [...paper.querySelectorAll(`rect[data-k="${ident}"]`)];
  for (const each of found) {
    each.classList.add("sel");
    each.parentNode.append(each);
  }
  if (scroll) found[0]?.scrollIntoView({ block: "center", inline: "nearest", behavior: still ? "auto" : "smooth" });
  const key = rule?.querySelector(`[data-k="${ident}"]`)?.dataset.uuid;
  if (!found.length && key && awaited !== key) fetchSheet(`muc=${key}`, key, ident);
  return found.length > 0 || Boolean(key);
}

async function fetchSheet(query, key = null, ident = null) {
  awaited = key ?? query;
  try {
    const answer = await fetch(`${sheets()}?${query}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || awaited !== (key ?? query)) return;
    const zoomed = paper.querySelector(".sheet")?.classList.contains("zoomed");
    paper.innerHTML = await answer.text();
    if (zoomed) zoom();
    announce(`Trang ${paper.querySelector(".sheet")?.dataset.page}`);
    if (ident) paper.querySelector(`rect[data-k="${ident}"]`)?.scrollIntoView({ block: "center", inline: "nearest" });
    else if (narrow.matches) paper.scrollIntoView({ block: "start" });
  } catch {
    toast("Mất mạng nên chưa tải được ảnh trang. Thử lại khi có mạng.");
  }
}

function zoom() {
  const button = paper.querySelector("[data-zoom]");
  const zoomed = paper.querySelector(".sheet").classList.toggle("zoomed");
  button.setAttribute("aria-pressed", zoomed);
  button.querySelector("[data-zoom-words]").textContent = zoomed ? "Vừa chiều ngang" : "Phóng to";
  paper.querySelector("rect.sel")?.scrollIntoView({ block: "center", inline: "center" });
}

paper?.addEventListener("click", (event) => {
  if (!sheets()) return;
  const step = event.target.closest("[data-sheet]");
  if (step) {
    event.preventDefault();
    fetchSheet(`trang=${step.dataset.sheet}`);
  } else if (event.target.closest("[data-zoom]")) zoom();
  const box = event.target.closest("rect[data-k]");
  if (!box) return;
  showBoxes(box.dataset.k, { scroll: false });
  showItem(box.dataset.k);
});

// What the machine had read where it was mended: by pointer, by press.

const was = document.getElementById("was");

function tellMend(mend) {
  const said = document.createElement("b");
  said.textContent = mend.dataset.was || "(không có chữ)";
  const now = document.createElement("b");
  now.textContent = mend.textContent;
  was.replaceChildren("Máy đọc: ", said, " → sửa thành: ", now, `, độ tin cậy ${mend.dataset.sure}%.`);
  was.hidden = false;
  const box = mend.getBoundingClientRect();
  was.style.left = `${Math.max(12, Math.min(box.left, window.innerWidth - was.offsetWidth - 12))}px`;
  const below = box.bottom + 6;
  was.style.top = `${below + was.offsetHeight > window.innerHeight - 8 ? box.top - was.offsetHeight - 6 : below}px`;
}

for (const kind of ["pointerover", "click"]) {
  paper?.addEventListener(kind, (event) => {
    const mend = event.target.closest?.(".md");
    if (mend && was) tellMend(mend);
    else if (was) was.hidden = true;
  });
}
paper?.addEventListener("pointerleave", () => was && (was.hidden = true));
paper?.addEventListener("scroll", () => was && (was.hidden = true), { passive: true, capture: true });

// One view of the document after another, at the same place: an offset of the text, and the item that is chosen.

function placeNow() {
  const sheet = paper.querySelector(".sheet");
  if (sheet) return sheet.dataset.start;
  const top = narrow.matches ? 120 : paper.getBoundingClientRect().top;
  const lines = [...paper.querySelectorAll("[data-s], [data-t]")];
  const first = lines.find((line) => line.getBoundingClientRect().bottom > top + 8);
  return first?.dataset.s ?? first?.dataset.t ?? "0";
}

document.querySelector("[data-modes]")?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-mode]");
  if (!link) return;
  const wanted = new URLSearchParams({ tab: document.querySelector("#item-tabs [aria-current=page]")?.dataset.tab ?? "" });
  if (link.dataset.mode) wanted.set("xem", link.dataset.mode);
  const chosen = paper.querySelector("mark.sel, rect.sel");
  const key = chosen && rule?.querySelector(`[data-k="${chosen.dataset.k.split(" ")[0]}"]`)?.dataset.uuid;
  if (key) wanted.set("muc", key);
  wanted.set("cho", placeNow());
  link.href = `?${wanted}`;
});

// Another tab of items does not change how the document is shown: the address says so.
document.addEventListener("htmx:pushedIntoHistory", () => {
  const mode = document.querySelector("[data-modes] [aria-current=page]")?.dataset.mode;
  const address = new URL(location.href);
  if (!mode) return;
  address.searchParams.set("xem", mode);
  history.replaceState(history.state, "", address);
});

function goToPlace(offset) {
  const lines = [...paper.querySelectorAll("[data-s], [data-t]")];
  const at = lines.findLast((line) => Number(line.dataset.s ?? line.dataset.t) <= offset) ?? lines[0];
  at?.scrollIntoView({ block: "start" });
}

// Pages of the file, ticks at their true height, panes on phones

function placeTicks() {
  if (!rule || !paper || narrow.matches) return;
  const top = paper.getBoundingClientRect().top - paper.scrollTop;
  const height = Math.max(paper.scrollHeight, 1);
  for (const tick of rule.children) {
    const first = paper.querySelector(`mark[data-m~="${tick.dataset.k}"]`);
    if (first) tick.style.top = `${(100 * (first.getBoundingClientRect().top - top)) / height}%`;
  }
}

const pager = document.querySelector("[data-pager]");
const starts = [...(paper?.querySelectorAll(".pb") ?? [])];

function pageNow() {
  const middle = paper.getBoundingClientRect().top + paper.clientHeight / 2;
  return 1 + starts.filter((start) => start.getBoundingClientRect().top < middle).length;
}

pager?.addEventListener("click", (event) => {
  const step = Number(event.target.closest("[data-page-step]")?.dataset.pageStep ?? 0);
  const wanted = pageNow() + step;
  if (!step) return;
  if (wanted <= 1) paper.scrollTo({ top: 0, behavior: still ? "auto" : "smooth" });
  else starts[wanted - 2]?.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
});
if (pager) paper.addEventListener("scroll", () => (pager.querySelector("[data-page-now]").textContent = pageNow()), { passive: true });

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href='#muc'], a[href='#van-ban']");
  if (!link || !narrow.matches) return;
  event.preventDefault();
  showPane(link.getAttribute("href") === "#muc" ? "items" : "paper");
  window.scrollTo({ top: 0 });
});

if (split) {
  const asked = paper.querySelector("mark.sel, rect.sel");
  const address = new URLSearchParams(location.search);
  const viewed = address.has("cho") || address.has("xem");
  showPane(location.hash.startsWith("#muc") || !(asked || viewed) ? "items" : "paper");
  if (address.has("cho") && !sheets()) goToPlace(Number(address.get("cho")));
  else asked?.scrollIntoView({ block: "center" });
  items.querySelector(".it.sel")?.scrollIntoView({ block: "nearest" });
  if ("requestIdleCallback" in window) requestIdleCallback(placeTicks);
  else setTimeout(placeTicks, 100);
}
