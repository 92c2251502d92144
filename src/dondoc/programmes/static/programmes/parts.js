// Mark all units that are shown, and say how many are marked. Without this the boxes work one by one.

const form = document.querySelector("#matrix");
const all = form?.querySelector("[data-check-all]");
const told = form?.querySelector("[data-chosen]");
const boxes = () => [...form.querySelectorAll('input[name="parts"]')];

const count = () => {
  const chosen = boxes().filter((box) => box.checked).length;
  told.textContent = chosen ? `${chosen} đơn vị` : "chưa chọn đơn vị nào";
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
};

if (all && told) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
  form.addEventListener("change", count);
  count();
}
