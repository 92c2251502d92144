// Small manners of every page: toasts that leave, menus that close, errors of htmx as sentences, focus on what went wrong.

const TOAST_MS = 6000;
const WORDS = {
  0: "Mất mạng. Việc vừa làm chưa được ghi; thử lại khi có mạng.",
  403: "Tài khoản này không được làm việc đó.",
  404: "Nội dung không còn, hoặc không thuộc phạm vi của đơn vị.",
  409: "Chưa làm được. Mở lại trang để xem tình trạng mới nhất.",
};

function leave(toast) {
  toast.addEventListener("mouseenter", () => clearTimeout(timer));
  toast.addEventListener("mouseleave", () => (timer = setTimeout(() => toast.remove(), TOAST_MS)));
  let timer = setTimeout(() => toast.remove(), TOAST_MS);
}

export function announce(text) {
  const region = document.getElementById("announce");
  if (region) region.textContent = text;
}

export function toast(text) {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.toast = "";
  box.textContent = text;
  document.getElementById("toasts")?.append(box);
  leave(box);
}

export function complain(text) {
  const notes = document.getElementById("notes");
  if (!notes) return;
  const note = document.createElement("div");
  note.className = "note err";
  note.setAttribute("role", "alert");
  note.textContent = text;
  notes.replaceChildren(note);
  note.scrollIntoView({ block: "nearest" });
}

// A row of tabs may be longer than a telephone is wide: the tab of this page comes into sight.
function showTab(tab) {
  const row = tab.parentElement;
  const [here, around] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += here.left - around.left - (around.width - here.width) / 2;
}

function start() {
  document.querySelectorAll("[data-toast]").forEach(leave);
  document.querySelectorAll(".tabs > [aria-current]").forEach(showTab);
  document.querySelector("[data-focus]")?.focus();

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) event.target.closest("[data-toast], .note")?.remove();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });

  // A field that filters a list sends its form when it changes; a button remains for those without scripts.
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-send-on-change]")) event.target.form?.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copier = event.target.closest("[data-copy]");
    if (copier) {
      navigator.clipboard?.writeText(document.getElementById(copier.dataset.copy)?.textContent.trim() ?? "");
      toast("Đã sao chép");
    }
  });

  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    const plain = event.detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
    complain(plain && responseText ? responseText : (WORDS[status] ?? "Hệ thống gặp lỗi. Việc vừa làm chưa được ghi; thử lại sau ít phút."));
  });
  document.addEventListener("htmx:sendError", () => complain(WORDS[0]));
}

// An import from another module may load this file a second time, under its name without a hash: it listens once.
if (!window.house) {
  window.house = { announce, toast, complain };
  start();
}
