// A report saves itself. What is typed is kept on this machine until the server has it: over a lost line and over a reload.
//
// Kept, by report and person: {cells: {place: {typed, why, seen, held}}, texts: {section: {text, seen, held}}}. `seen` is what
// stood there when typing began; `held` says that it cannot be sent before it is changed (no number, or another's is there).
// What the server answers with replaces everything marked data-fresh; fields are never touched while somebody types.

import { announce, complain } from "../common/house.js";

const WAIT_MS = 900;
const RETRY_MS = 5000;
const NARROW = matchMedia("(max-width: 760px)");

const form = document.querySelector("[data-kept]");
const $ = (id) => document.getElementById(id);
const fieldOf = (place) => form.querySelector(`[data-place="${CSS.escape(place)}"]`);
const whyOf = (place) => form.querySelector(`[data-why="${CSS.escape(place)}"]`);
const saysOf = (place) => whyOf(place)?.closest("tr").querySelector(".says");
const seenOf = (place) => form.querySelector(`[name="cu:${CSS.escape(place)}"]`);
const area = form.querySelector("[data-section]");
const locked = form.hasAttribute("data-locked");

let kept = load();
let timer = 0;
let sending = null;
let stopped = false;

function load() {
  try {
    return JSON.parse(localStorage.getItem(form.dataset.kept)) ?? { cells: {}, texts: {} };
  } catch {
    return { cells: {}, texts: {} };
  }
}

function store() {
  try {
    if (Object.keys(kept.cells).length + Object.keys(kept.texts).length) localStorage.setItem(form.dataset.kept, JSON.stringify(kept));
    else localStorage.removeItem(form.dataset.kept);
  } catch {
    // Without storage what was typed stays in the page, and is sent from there.
  }
}

const waiting = () => [...Object.values(kept.cells), ...Object.values(kept.texts)].filter((one) => !one.held).length;

// What the person reads

function tell(kind, words) {
  const place = $("luu");
  place.className = `sv ${kind}`;
  place.textContent = words;
}

function line(isCut) {
  const bar = $("mat-mang");
  const cells = Object.values(kept.cells).filter((one) => !one.held).length;
  const texts = Object.values(kept.texts).filter((one) => !one.held).length;
  const what = [cells && `${cells} số`, texts && `${texts} mục`].filter(Boolean).join(", ");
  bar.hidden = !isCut;
  bar.querySelector("[data-words]").textContent = what
    ? `${what} vừa nhập được giữ trên máy này, tự gửi khi có mạng.`
    : "Số nhập tiếp được giữ trên máy này, tự gửi khi có mạng.";
  if (isCut) tell("bad", "");
}

// Typing

function note(field) {
  if (locked) return;
  stopped = false;
  if (field.dataset.section) {
    const before = kept.texts[field.dataset.section];
    kept.texts[field.dataset.section] = { text: field.value, seen: before?.seen ?? Number(form.elements.revision.value) };
  } else {
    const place = field.dataset.place ?? field.dataset.why;
    const seen = kept.cells[place]?.seen ?? seenOf(place).value;
    kept.cells[place] = { typed: fieldOf(place)?.value ?? "", why: whyOf(place).value, seen }; // a computed cell has only its reason
  }
  store();
  clearTimeout(timer);
  timer = setTimeout(send, WAIT_MS);
  if (!navigator.onLine) line(true);
}

// Sending

function batch() {
  const cells = Object.entries(kept.cells).filter(([, one]) => !one.held);
  const texts = Object.entries(kept.texts).filter(([, one]) => !one.held);
  return {
    cells: cells.map(([place, { typed, why, seen }]) => ({ place, typed, why, seen })),
    texts: texts.map(([section, { text, seen }]) => ({ section, text, seen })),
    part: form.dataset.part,
  };
}

async function send() {
  clearTimeout(timer);
  if (sending) {
    await sending;
    return waiting() && !stopped ? send() : undefined;
  }
  if (!waiting() || stopped) return undefined;
  sending = post(batch());
  try {
    await sending;
  } finally {
    sending = null;
  }
  return undefined;
}

async function post(sent) {
  tell("busy", "Đang lưu…");
  let answer;
  let data;
  try {
    answer = await fetch(form.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify(sent),
    });
    data = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  } catch {
    line(true);
    timer = setTimeout(send, RETRY_MS);
    return;
  }
  line(false);
  if (data && answer.ok) return take(sent, data);
  stopped = true;
  tell("bad", "Chưa lưu");
  complain(data?.refused ?? "Phiên làm việc đã hết hoặc máy chủ gặp lỗi. Số vừa nhập được giữ trên máy này; đăng nhập lại rồi mở lại trang.");
}

function take(sent, data) {
  for (const one of sent.cells) settle(one, data);
  for (const one of sent.texts) settleText(one, data);
  store();
  if (data.html) freshen(data.html);
  for (const [place, one] of Object.entries(kept.cells)) if (one.held) remind(place, one, place in data.unsaved);
  const held = [...Object.values(kept.cells), ...Object.values(kept.texts)].filter((one) => one.held).length;
  tell(held ? "bad" : "", held ? `${held} chỗ chưa lưu` : `Đã lưu ${data.at}`);
  if (waiting()) timer = setTimeout(send, WAIT_MS);
}

function settle(one, data) {
  const now = kept.cells[one.place];
  const isSame = now && now.typed === one.typed && now.why === one.why;
  if (one.place in data.saved) {
    const seen = seenOf(one.place);
    if (seen) seen.value = data.saved[one.place];
    if (isSame) delete kept.cells[one.place];
    else if (now) now.seen = data.saved[one.place];
  } else if (isSame) {
    const { problem, seen, clash } = data.unsaved[one.place];
    Object.assign(now, { held: true, problem, seen, clash });
    if (seenOf(one.place)) seenOf(one.place).value = seen;
  }
}

function settleText(one, data) {
  const now = kept.texts[one.section];
  const isSame = now && now.text === one.text;
  if (one.section in data.texts) {
    if (area?.dataset.section === one.section) form.elements.revision.value = data.texts[one.section];
    if (isSame) delete kept.texts[one.section];
    else if (now) now.seen = data.texts[one.section];
  } else if (one.section in data.text_clashes) {
    if (isSame) now.held = true;
    offerText(one.section, data.text_clashes[one.section]);
  }
}

// Two people at one cell or text: both versions, and the person says which one stays.

function remind(place, { problem, seen, clash, typed }, isSaid) {
  const says = saysOf(place);
  if (!says) return;
  $(`td-${place}`).classList.add("k-err");
  const box = document.createElement("p");
  box.className = "ms err";
  if (!isSaid) box.append(`Chưa ghi. ${problem} `);
  if (clash) {
    const theirs = seen.split("|")[0];
    const [mine, other] = theirs === typed.trim() ? ["lý do đang ghi", "lý do kia"] : [typed || "ô trống", theirs || "ô trống"];
    box.append(choice(`Giữ ${mine}`, () => keep(place)), choice(`Lấy ${other}`, () => yieldTo(place, seen)));
    announce("Có người vừa sửa ô này. Chọn bản để giữ.");
  }
  says.append(box);
}

function choice(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}

function keep(place) {
  kept.cells[place].held = false;
  stopped = false;
  store();
  send();
}

function yieldTo(place, seen) {
  const [typed, ...why] = seen.split("|");
  if (fieldOf(place)) fieldOf(place).value = typed;
  whyOf(place).value = why.join("|");
  kept.cells[place] = { typed, why: why.join("|"), seen };
  store();
  send();
}

function offerText(section, { words, theirs, seen }) {
  const box = $("mau-thuan");
  if (!box || area?.dataset.section !== section) return;
  const quote = document.createElement("blockquote");
  quote.className = "doc";
  quote.textContent = theirs;
  const said = document.createElement("div");
  said.append(`${words} Nội dung của họ:`, quote);
  const mine = choice("Giữ nội dung đang nhập", () => {
    Object.assign(kept.texts[section], { seen, held: false });
    form.elements.revision.value = seen;
    box.replaceChildren();
    store();
    send();
  });
  const other = choice("Lấy nội dung của họ", () => {
    delete kept.texts[section];
    area.value = theirs;
    form.elements.revision.value = seen;
    box.replaceChildren();
    store();
  });
  mine.className = "btn s";
  other.className = "btn s";
  said.append(mine, " ", other);
  const note = document.createElement("div");
  note.className = "note err";
  note.setAttribute("role", "alert");
  note.append(said);
  box.replaceChildren(note);
}

// The server's word on the part that is shown

function freshen(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const old of document.querySelectorAll("[data-fresh]")) {
    const now = fresh.getElementById(old.id);
    if (now) old.replaceWith(document.adoptNode(now));
  }
  for (const old of document.querySelectorAll("[data-fresh-class]")) {
    const now = fresh.getElementById(old.id);
    if (!now) continue;
    old.className = now.className;
    const input = old.querySelector("input.val");
    const isWrong = old.classList.contains("k-err");
    if (input) input.className = now.querySelector("input.val").className;
    if (input && isWrong) input.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
  for (const old of document.querySelectorAll("[data-fresh-hidden]")) {
    const now = fresh.getElementById(old.id);
    if (now) old.hidden = now.hidden && !old.contains(document.activeElement);
  }
  showColumn(column);
}

// Years: tabs on a phone, without a journey to the server

let column = form.querySelector("[role=tab][aria-selected=true]")?.dataset.tab ?? form.querySelector("td.cur")?.dataset.col ?? "";

function showColumn(key) {
  column = key;
  for (const one of form.querySelectorAll("[data-col]")) one.classList.toggle("cur", one.dataset.col === key);
  for (const tab of form.querySelectorAll("[role=tab]")) tab.setAttribute("aria-selected", String(tab.dataset.tab === key));
  if (NARROW.matches) form.querySelector("[role=tab][aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// The four kinds of nothing

const dialog = $("ghi-khac");
const closeWays = () => {
  dialog.open && dialog.close();
  form.querySelector("tr.pick")?.remove();
  form.querySelector("[data-other][aria-expanded]")?.removeAttribute("aria-expanded");
};

function openWays(button) {
  const wasOpen = button.hasAttribute("aria-expanded");
  closeWays();
  if (wasOpen) return;
  const field = fieldOf(button.dataset.other);
  const row = field.closest("tr");
  const ways = $("ways").content.cloneNode(true);
  ways.querySelector("legend").textContent = NARROW.matches
    ? `${field.dataset.code} ${row.querySelector(".lb").textContent}`
    : `${field.dataset.code} không có số thì ghi một trong bốn cách:`;
  for (const one of ways.querySelectorAll("[data-mark]")) one.addEventListener("click", () => mark(field, one.dataset.mark));
  button.setAttribute("aria-expanded", "true");
  if (NARROW.matches) {
    dialog.replaceChildren(ways);
    dialog.showModal();
    return;
  }
  const pick = document.createElement("tr");
  pick.className = "pick";
  pick.append(document.createElement("td"), document.createElement("td"));
  pick.lastChild.colSpan = row.cells.length - 1;
  pick.lastChild.append(ways);
  row.after(pick);
  pick.querySelector("button").focus();
}

function mark(field, sign) {
  closeWays();
  field.value = sign;
  note(field);
  send();
  field.focus();
}

// Keys

const MARKS = { Digit0: "0", Minus: "-", KeyX: "x", Period: "…" };

function next(field) {
  const all = [...form.querySelectorAll(`[data-col="${CSS.escape(field.closest("td").dataset.col)}"] input.val`)];
  const below = all[all.indexOf(field) + 1];
  (below ?? form.querySelector("[name=tiep]"))?.focus();
  below?.select();
}

function nextError() {
  // Of a computed cell, where its reason is written.
  const all = [...form.querySelectorAll("td.k-err .val, td.k-warn .val")];
  const wrong = all.map((one) => (one.matches("input") ? one : $(`vi-sao-${one.id}`))).filter((one) => one.offsetParent);
  const at = wrong.indexOf(document.activeElement);
  if (wrong.length) return wrong[(at + 1) % wrong.length].focus();
  return $("so-loi")?.classList.contains("g2b") ? leaveFor(form.dataset.check) : announce("Không có lỗi.");
}

async function leaveFor(address) {
  await send();
  if (navigator.onLine) location.href = address;
}

function restore() {
  for (const [place, one] of Object.entries(kept.cells)) {
    if (!whyOf(place)) continue;
    if (fieldOf(place)) fieldOf(place).value = one.typed;
    whyOf(place).value = one.why;
    one.held = false;
  }
  const text = area && kept.texts[area.dataset.section];
  if (text) {
    area.value = text.text;
    text.held = false;
  }
  send();
}

function start() {
  showColumn(column);
  for (const button of form.querySelectorAll("[data-other]")) button.hidden = false;
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-place], [data-why], [data-section]")) note(event.target);
  });
  form.addEventListener("change", send);
  form.addEventListener("click", (event) => {
    const other = event.target.closest("[data-other]");
    const tab = event.target.closest("[data-tab]");
    if (other) openWays(other);
    if (tab) {
      event.preventDefault();
      showColumn(tab.dataset.tab);
    }
  });
  form.addEventListener("keydown", (event) => {
    const field = event.target.closest("input.val");
    if (event.key === "F8") {
      event.preventDefault();
      nextError();
    } else if (event.key === "Escape") {
      closeWays();
    } else if (field && event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      next(field);
    } else if (field && event.altKey && MARKS[event.code]) {
      event.preventDefault();
      mark(field, MARKS[event.code]);
    }
  });
  dialog.addEventListener("close", closeWays);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.hash === link.getAttribute("href") || link.dataset.tab || !waiting() || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    await send();
    if (navigator.onLine) location.href = link.href;
  });
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.form !== form) return;
    event.preventDefault();
    const goes = event.submitter?.name === "tiep";
    stopped = false;
    for (const one of [...Object.values(kept.cells), ...Object.values(kept.texts)]) one.held = false;
    await send();
    if (goes && !waiting()) location.href = form.dataset.next || form.dataset.check;
    else if (!waiting() && !Object.keys(kept.cells).length) announce("Đã lưu");
  });
  window.addEventListener("online", () => {
    line(false);
    send();
  });
  window.addEventListener("offline", () => line(true));
  restore();
}

if (!locked) start();
