// Drag and drop: each file is sent by itself, so that one bad file never stops the others. Without scripts the form sends all.

import { announce } from "../common/house.js";

const form = document.querySelector("[data-drop]");
const list = form?.querySelector("[data-outcomes]");
const field = form?.querySelector("input[type=file]");

function line(name, words) {
  const row = document.createElement("li");
  row.className = "out sending";
  const text = document.createElement("div");
  const strong = document.createElement("b");
  strong.textContent = name;
  text.append(strong, `: ${words}`);
  row.append(text);
  return row;
}

async function send(file, row) {
  const body = new FormData(form);
  body.delete("upload");
  body.append("upload", file, file.name);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    const html = await answer.text();
    if (answer.ok || answer.status === 422) row.outerHTML = html;
    else row.replaceWith(refused(file.name, answer.headers.get("Content-Type")?.startsWith("text/plain") ? html : "Hệ thống gặp lỗi nên chưa nhận được tệp. Nộp lại sau ít phút."));
  } catch {
    row.replaceWith(refused(file.name, "Mất mạng nên chưa nộp được. Nộp lại khi có mạng."));
  }
}

function refused(name, words) {
  const row = line(name, words);
  row.className = "out refused";
  return row;
}

async function sendAll(files) {
  const rows = [...files].map((file) => [file, line(file.name, "đang nộp…")]);
  for (const [, row] of rows) list.append(row);
  for (const [file, row] of rows) await send(file, row);
  announce(`Đã xử lý ${rows.length} tệp.`);
  field.value = "";
  window.htmx?.ajax("GET", window.location.href, { target: "#rows", swap: "outerHTML" });
}

if (form && list && field) {
  field.addEventListener("change", () => field.files.length && sendAll(field.files));
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    sendAll(event.dataTransfer.files);
  });
}
