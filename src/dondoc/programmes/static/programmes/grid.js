// The grid of measurements by keyboard: Enter to the figure below, Alt with 0 - X . for the kinds of nothing, F8 to the next
// fault. Without this script the grid works by Tab and mouse.

const KINDS = { Digit0: "zero", Minus: "none", KeyX: "na", Period: "missing" };
const form = document.querySelector("[data-grid]");

function below(field) {
  const cell = field.closest("td");
  const column = [...cell.parentElement.children].indexOf(cell);
  for (let row = cell.parentElement.nextElementSibling; row; row = row.nextElementSibling) {
    const found = row.children[column]?.querySelector("input.fig");
    if (found) return found;
  }
  return null;
}

function nextFault() {
  const faults = [...form.querySelectorAll("tr.bad input.fig")];
  const at = faults.indexOf(document.activeElement);
  return faults[(at + 1) % faults.length];
}

form?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const field = event.target;
  if (event.key === "Enter" && field.matches("input.fig")) {
    event.preventDefault();
    const next = below(field);
    next?.focus();
    next?.select();
  } else if (event.altKey && KINDS[event.code] && field.closest("tr")?.querySelector("select")) {
    event.preventDefault();
    const row = field.closest("tr");
    row.querySelector("select").value = KINDS[event.code];
    for (const figure of row.querySelectorAll("input.fig")) if (KINDS[event.code] !== "zero" || !figure.name.endsWith("denominator")) figure.value = "";
  } else if (event.key === "F8") {
    event.preventDefault();
    nextFault()?.focus();
  }
});

document.querySelector("[data-all]")?.addEventListener("change", (event) => {
  for (const box of document.querySelectorAll("input[name=measurements]")) box.checked = event.target.checked;
});
