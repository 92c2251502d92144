// Mentioning people: after @ and a letter or two the names of those who may see the thing are offered below the field.
// What is chosen is typed out as a name; its person is remembered in a hidden field, for the case of namesakes.

const TYPED = /(?:^|[\s(])@([^\s@][^@\n]{0,40})?$/u;
const WAIT_MS = 180;

let asked = 0;
let timer = 0;

const listOf = (field) => field.closest(".field").querySelector("[data-names]");
const options = (list) => [...list.querySelectorAll("[data-person]")];

function close(field) {
  const list = listOf(field);
  list.hidden = true;
  list.replaceChildren();
  field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-expanded", "false");
}

function typed(field) {
  const found = TYPED.exec(field.value.slice(0, field.selectionStart));
  return found ? (found[1] ?? "") : null;
}

function choose(field, option) {
  const before = field.value.slice(0, field.selectionStart);
  const start = before.lastIndexOf("@");
  const after = field.value.slice(field.selectionStart).replace(/^ /, "");
  field.value = `${before.slice(0, start)}@${option.dataset.name} ${after}`;
  field.selectionStart = field.selectionEnd = start + option.dataset.name.length + 2;
  const meant = field.form.querySelector("[data-meant]");
  if (![...meant.querySelectorAll("input")].some((input) => input.value === option.dataset.person)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "meant", value: option.dataset.person });
    meant.append(input);
  }
  close(field);
  field.focus();
}

function mark(field, option) {
  for (const other of options(listOf(field))) other.setAttribute("aria-selected", String(other === option));
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function line(field, person) {
  const item = document.createElement("li");
  item.id = `${field.id}-${person.id}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.person = person.id;
  item.dataset.name = person.name;
  item.textContent = person.words;
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => choose(field, item));
  return item;
}

function nobody() {
  const item = document.createElement("li");
  item.className = "nobody";
  item.textContent = "Không có ai tên như vậy được xem nội dung này.";
  return item;
}

async function suggest(field, words) {
  const ticket = ++asked;
  let people;
  try {
    const answer = await fetch(`${field.dataset.mention}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    ({ people } = await answer.json());
  } catch {
    return; // without the network a name can still be typed out
  }
  if (ticket !== asked || typed(field) === null) return;
  const list = listOf(field);
  if (!people.length && words.includes(" ")) return close(field);
  list.replaceChildren(...(people.length ? people.map((person) => line(field, person)) : [nobody()]));
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  if (people.length) mark(field, options(list)[0]);
  window.house?.announce(people.length ? `${people.length} người, chọn bằng phím mũi tên và Enter` : "Không có ai tên như vậy");
}

document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-mention]");
  if (!field) return;
  clearTimeout(timer);
  const words = typed(field);
  if (words === null) return close(field);
  timer = setTimeout(() => suggest(field, words), WAIT_MS);
});

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-mention]");
  if (!field || event.isComposing || listOf(field).hidden) return;
  const held = options(listOf(field));
  const at = held.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    return close(field);
  }
  if (!held.length) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(field, held[(at + step + held.length) % held.length]);
  } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) {
    event.preventDefault();
    choose(field, held[at]);
  }
});

document.addEventListener("focusout", (event) => {
  const field = event.target.closest?.("[data-mention]");
  if (field) setTimeout(() => document.activeElement !== field && close(field), 150);
});
