// Single letters for people who work with the keyboard: only outside fields, never while a Vietnamese input method composes.
//
// A page takes part by attributes: data-search (the field that "/" goes to), data-search-page (the
// link that it follows on a page without one), data-go="v" (a link that "g v" follows),
// data-rows with data-row children (J, K, Enter), data-key="s" (a button or link that a letter presses; inside the chosen
// row first, then anywhere). data-open in a row marks the link that Enter follows.

const SWITCH = "dondoc.keys";
const FIELDS = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable=true]";

let awaitsPlace = false;

export function typing(event) {
  return event.isComposing || event.keyCode === 229 || Boolean(event.target.closest?.(FIELDS));
}

function switchedOff() {
  try {
    return localStorage.getItem(SWITCH) === "off";
  } catch {
    return false;
  }
}

function openHelp() {
  const dialog = document.getElementById("keys-help");
  if (dialog && !dialog.open) dialog.showModal();
}

function rows() {
  return [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent !== null);
}

function chosenRow() {
  return document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][aria-current=true]");
}

function choose(row) {
  for (const other of document.querySelectorAll("[data-row][aria-current=true]")) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("house:row", { bubbles: true }));
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(chosenRow());
  choose(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
  return true;
}

function openRow() {
  const row = chosenRow();
  if (!row || document.activeElement !== row) return false;
  const link = row.querySelector("[data-open]") ?? row.querySelector("a[href]");
  link?.click();
  return Boolean(link);
}

function press(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const button = chosenRow()?.querySelector(wanted) ?? [...document.querySelectorAll(wanted)].find((b) => !b.closest("[data-row]"));
  if (!button || button.disabled || button.offsetParent === null) return false;
  button.click();
  return true;
}

function goTo(key) {
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  link?.click();
  return Boolean(link);
}

const FIXED = {
  "?": () => (openHelp(), true),
  "/": () => {
    const field = document.querySelector("[data-search]");
    const page = document.querySelector("[data-search-page]");
    field?.focus();
    field?.select?.();
    if (!field) page?.click();
    return Boolean(field ?? page);
  },
  g: () => ((awaitsPlace = true), setTimeout(() => (awaitsPlace = false), 1500), true),
  j: () => move(1),
  k: () => move(-1),
  Enter: openRow,
};

function onKey(event) {
  if (typing(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (switchedOff() || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  let done = false;
  if (awaitsPlace) {
    awaitsPlace = false;
    done = goTo(key);
  } else {
    done = press(event.shiftKey && event.key.length > 1 ? `Shift+${key}` : key) || Boolean(FIXED[key]?.());
  }
  if (done) event.preventDefault();
}

function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
  });

  const toggle = document.getElementById("keys-on");
  if (toggle) {
    toggle.checked = !switchedOff();
    toggle.addEventListener("change", () => {
      try {
        localStorage.setItem(SWITCH, toggle.checked ? "on" : "off");
      } catch {
        // Without storage the choice lasts as long as the page.
      }
    });
  }
}

// An import from another module may load this file a second time, under its name without a hash: it listens once.
if (!window.houseKeys) {
  window.houseKeys = true;
  start();
}
